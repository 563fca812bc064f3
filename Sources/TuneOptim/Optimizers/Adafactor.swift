import Foundation
public import TuneTorch

/// Adam whose second moment of a matrix is kept as the means of its rows and columns (Shazeer and
/// Stern, 2018), as `transformers.Adafactor(scale_parameter=False, relative_step=False)`, the form
/// that the Trainer uses: the learning rate is the group's.
///
/// It remembers `step`; `exp_avg_sq_row` and `exp_avg_sq_col` of parameters with two axes or more,
/// `exp_avg_sq` of the others; with `beta1` the running mean `exp_avg`. Weights of 16 bits are
/// computed in float32.
public final class Adafactor: ConfiguredOptimizer<Adafactor.Settings> {
    /// What all groups share.
    public struct Settings: OptimizerSettings {
        /// Added to squared gradients.
        public var epsilon = 1e-30
        /// Updates whose root mean square is above this are scaled down to it.
        public var clipThreshold = 1.0
        /// The power of the step by which the second moment forgets.
        public var decayRate = -0.8
        /// The decay of the running mean of the updates; nil keeps none.
        public var beta1: Double?

        /// The defaults.
        public init() {}

        /// `eps`, `clip_threshold`, `decay_rate` and `beta1`.
        public static var fields: [OptimizerSetting<Self>] {
            [
                .number("eps", \.epsilon), .number("clip_threshold", \.clipThreshold),
                .number("decay_rate", \.decayRate), .optionalNumber("beta1", \.beta1),
            ]
        }

        /// Refuses values outside their ranges.
        public func check() throws {
            try checkSetting(
                "Adafactor", "clip_threshold", clipThreshold, is: clipThreshold > 0, "more than 0")
            try checkSetting("Adafactor", "eps", epsilon, is: epsilon >= 0, "0 or more")
            if let beta1 {
                try checkSetting("Adafactor", "beta1", beta1, is: (0..<1).contains(beta1), "0 to 1")
            }
        }
    }

    /// The step and the moments, in float32 where the parameter has 16 bits.
    public override func stateLayout(of parameter: Tensor) -> [StateTensor] {
        let (shape, dtype) = (parameter.shape, computedType(parameter))
        func tensor(_ name: String, _ shape: [Int]) -> StateTensor {
            StateTensor(name, shape, dtype, parameter.device)
        }
        let mean = settings.beta1 == nil ? [] : [tensor("exp_avg", shape)]
        guard shape.count >= 2 else { return [.step()] + mean + [tensor("exp_avg_sq", shape)] }
        return [.step()] + mean + [
            tensor("exp_avg_sq_row", Array(shape.dropLast())),
            tensor("exp_avg_sq_col", shape.dropLast(2) + shape.suffix(1)),
        ]
    }

    /// One update of limited size.
    public override func update(_ parameter: ParameterUpdate, of group: ParameterGroup) {
        let type = computedType(parameter.parameter)
        let gradient = parameter.gradient.to(type)
        let weights = parameter.parameter.to(type)
        var update = normalized(gradient, parameter)
        let size = rootMeanSquare(update) / settings.clipThreshold
        update.div_(size.clamp(min: 1)).mul_(group.learningRate)
        if let beta1 = settings.beta1 {
            update = parameter["exp_avg"].mul_(beta1).add_(update, alpha: 1 - beta1)
        }
        if group.weightDecay != 0 {
            weights.add_(weights, alpha: -group.weightDecay * group.learningRate)
        }
        weights.sub_(update)
        if !weights.isSame(as: parameter.parameter) { parameter.parameter.copy_(weights) }
    }

    /// The gradient divided by the root of its second moment, which takes this gradient in.
    private func normalized(_ gradient: Tensor, _ parameter: ParameterUpdate) -> Tensor {
        let decay = 1 - pow(parameter.countStep(), settings.decayRate)
        let square = gradient.pow(2).add_(settings.epsilon)
        guard gradient.rank >= 2 else {
            let moment = parameter["exp_avg_sq"].mul_(decay).add_(square, alpha: 1 - decay)
            return moment.rsqrt().mul_(gradient)
        }
        let rows = parameter["exp_avg_sq_row"].mul_(decay)
            .add_(square.mean(dims: [-1]), alpha: 1 - decay)
        let columns = parameter["exp_avg_sq_col"].mul_(decay)
            .add_(square.mean(dims: [-2]), alpha: 1 - decay)
        let rowFactor = (rows / rows.mean(dims: [-1], keepDim: true)).rsqrt().unsqueeze(-1)
        return (rowFactor * columns.unsqueeze(-2).rsqrt()).mul_(gradient)
    }

    private func rootMeanSquare(_ tensor: Tensor) -> Tensor {
        tensor.norm() / Double(tensor.count).squareRoot()
    }

    private func computedType(_ parameter: Tensor) -> DType {
        let type = parameter.dtype
        return type == .float16 || type == .bfloat16 ? .float32 : type
    }
}
