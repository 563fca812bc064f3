extension Trainer {
    /// Appends a callback, which hears of events after the others.
    public func addCallback(_ callback: any TrainerCallback) {
        callbackHandler.add(callback, logger)
    }

    /// Removes the first callback of a type and returns it; nil when there is none.
    ///
    ///     let progress = trainer.popCallback(ProgressCallback.self)
    public func popCallback<Callback: TrainerCallback>(_ type: Callback.Type) -> Callback? {
        callbackHandler.pop(logger) { $0 is Callback } as? Callback
    }

    /// Removes a callback that is a class instance and returns it; nil when it is not there.
    public func popCallback<Callback: TrainerCallback & AnyObject>(
        _ callback: Callback
    ) -> Callback? {
        callbackHandler.pop(logger) { ($0 as AnyObject) === callback } as? Callback
    }

    /// Removes the first callback of a type, if there is one.
    ///
    ///     trainer.removeCallback(ProgressCallback.self)
    public func removeCallback<Callback: TrainerCallback>(_ type: Callback.Type) {
        _ = popCallback(type)
    }

    /// Removes a callback that is a class instance, if it is there.
    public func removeCallback<Callback: TrainerCallback & AnyObject>(_ callback: Callback) {
        _ = popCallback(callback)
    }

    /// The names of the callbacks in the order in which they hear of events.
    public var callbackNames: [String] { callbackHandler.callbacks.map(\.name) }
}

/// The callbacks that stand between the built-in flow and those of the user.
func reportingCallbacks(_ args: TrainingArguments) -> [any TrainerCallback] {
    let journal: [any TrainerCallback] = [MetricsJournal()]
    return args.reportTo.contains("tensorboard") ? journal + [TensorBoardCallback()] : journal
}

/// The callbacks that show the run, which hear of events last: Python's bars and rows unless the
/// arguments choose another style.
func displayCallbacks(_ args: TrainingArguments) -> [any TrainerCallback] {
    switch args.progress {
    case .auto: [args.disableTqdm == true ? PrinterCallback() : ProgressCallback()]
    case .rich: [RunDisplay(.rich)]
    case .plain: [RunDisplay(.plain)]
    case .json: [EventLines()]
    case .none: []
    }
}
