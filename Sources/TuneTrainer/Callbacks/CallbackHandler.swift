import Logging
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

    /// Appends a callback; a second one of its type is unusual enough to say so.
    mutating func add(_ callback: any TrainerCallback, _ logger: Logger) {
        if callbacks.contains(where: { type(of: $0) == type(of: callback) }) {
            logger.warning(
                "There is already a \(callback.name) among the callbacks: \(list). Both will hear of events."
            )
        }
        callbacks.append(callback)
    }

    /// Removes and returns the first callback that fits, if there is one.
    mutating func pop(
        _ logger: Logger, where fits: (any TrainerCallback) -> Bool
    ) -> (any TrainerCallback)? {
        guard let index = callbacks.firstIndex(where: fits) else { return nil }
        let callback = callbacks.remove(at: index)
        if callback is DefaultFlowCallback {
            logger.warning(
                "Without DefaultFlowCallback nothing decides when to log, evaluate, save and stop; the callbacks are now: \(list)."
            )
        }
        return callback
    }

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

    private var list: String { callbacks.map(\.name).joined(separator: ", ") }
}
