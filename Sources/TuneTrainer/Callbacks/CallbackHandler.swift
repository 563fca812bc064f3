import TuneBase

/// The callbacks of a trainer in the order in which they hear of events.
struct CallbackHandler {
    private(set) var callbacks: [any TrainerCallback]

    init(_ callbacks: [any TrainerCallback]) { self.callbacks = callbacks }

    /// Tells every callback; what they answer is left in `control`.
    mutating func emit(
        _ event: TrainerEvent, _ context: TrainerContext, _ control: inout TrainerControl
    ) throws {
        control.reset(for: event)
        for index in callbacks.indices {
            try callbacks[index].on(event, context, &control)
        }
    }

    mutating func add(_ callback: any TrainerCallback) { callbacks.append(callback) }

    /// Gives every callback what a checkpoint kept of it; several of one type take theirs in order.
    mutating func restore(_ states: JSONObject) {
        var taken: [String: Int] = [:]
        for index in callbacks.indices {
            let name = callbacks[index].name
            let kept = states[name].map { $0.array ?? [$0] } ?? []
            let position = taken[name, default: 0]
            taken[name] = position + 1
            if position < kept.count, let state = kept[position].object {
                callbacks[index].restore(state)
            }
        }
    }

    /// What `trainer_state.json` keeps: by name, a list where a type occurs more than once.
    func exportedStates(_ control: TrainerControl) -> JSONObject {
        var result = JSONObject()
        let states = callbacks.compactMap { callback in
            callback.exportedState.map { (callback.name, $0) }
        }
        for (name, state) in states + [("TrainerControl", control.exportedState)] {
            switch result[name] {
            case nil: result[name] = .object(state)
            case .array(let list)?: result[name] = .array(list + [.object(state)])
            case let first?: result[name] = .array([first, .object(state)])
            }
        }
        return result
    }
}
