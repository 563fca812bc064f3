import FineTuneKit

/// Does something at a moment of a training, once or at every step.
struct Disturbance: TrainerCallback {
    /// The moments at which something can be done.
    enum Moment { case trainBegin, stepBegin, preOptimizerStep, stepEnd }

    private let moment: Moment
    private let step: Int?
    private let action: (TrainerContext) -> Void

    /// Creates the callback.
    ///
    /// - Parameters:
    ///   - step: The number of steps made by then; nil for any.
    ///   - moment: When something is done.
    ///   - action: What is done.
    init(after step: Int? = nil, at moment: Moment, _ action: @escaping (TrainerContext) -> Void) {
        (self.step, self.moment, self.action) = (step, moment, action)
    }

    func on(_ event: TrainerEvent, _ context: TrainerContext, _ control: inout TrainerControl) {
        let now: Moment? =
            switch event {
            case .trainBegin: .trainBegin
            case .stepBegin: .stepBegin
            case .preOptimizerStep: .preOptimizerStep
            case .stepEnd: .stepEnd
            default: nil
            }
        guard now == moment, step == nil || step == context.state.globalStep else { return }
        action(context)
    }
}

/// A value that a closure can set.
final class Box<Value> {
    var value: Value
    init(_ value: Value) { self.value = value }
}
