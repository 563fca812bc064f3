extension TrainingArguments {
    /// When the model is evaluated during training.
    @available(*, deprecated, renamed: "evalStrategy")
    public var evaluationStrategy: IntervalStrategy {
        get { evalStrategy }
        set { evalStrategy = newValue }
    }

    /// Whether to stay on the processor although there is a GPU.
    @available(*, deprecated, renamed: "useCPU")
    public var noCUDA: Bool {
        get { useCPU }
        set { useCPU = newValue }
    }

    /// Rows in a training batch.
    @available(*, deprecated, renamed: "perDeviceTrainBatchSize")
    public var perGPUTrainBatchSize: Int {
        get { perDeviceTrainBatchSize }
        set { perDeviceTrainBatchSize = newValue }
    }

    /// Rows in an evaluation batch.
    @available(*, deprecated, renamed: "perDeviceEvalBatchSize")
    public var perGPUEvalBatchSize: Int {
        get { perDeviceEvalBatchSize }
        set { perDeviceEvalBatchSize = newValue }
    }

    /// The share of all steps over which the rate rises from 0; 0 where that is a number of steps.
    @available(*, deprecated, renamed: "warmupSteps", message: "A value below 1 is a share.")
    public var warmupRatio: Double {
        get { warmupSteps < 1 ? warmupSteps : 0 }
        set { warmupSteps = newValue }
    }

    /// Whether rows of similar length share a batch.
    @available(*, deprecated, message: "Use trainSamplingStrategy = .groupByLength.")
    public var groupByLength: Bool {
        get { trainSamplingStrategy == .groupByLength }
        set { trainSamplingStrategy = newValue ? .groupByLength : .random }
    }

    /// Whether metrics get the model's inputs.
    @available(*, deprecated, message: "Use includeForMetrics = [.inputs].")
    public var includeInputsForMetrics: Bool {
        get { includeForMetrics.contains(.inputs) }
        set {
            includeForMetrics.removeAll { $0 == .inputs }
            if newValue { includeForMetrics.append(.inputs) }
        }
    }
}
