import TuneBase
public import TuneTorch

/// The activation functions that configurations name in `hidden_act`.
public enum Activation: String, Sendable, CaseIterable {
    /// x Φ(x), exact (Hendrycks and Gimpel, 2016).
    case gelu
    /// The tanh approximation of GELU, as in GPT-2.
    case geluNew = "gelu_new"
    /// The tanh approximation of GELU under PyTorch's name.
    case geluTanh = "gelu_pytorch_tanh"
    case relu
    case silu
    /// Another name of `silu`.
    case swish
    case tanh
    case sigmoid

    /// The activation that a configuration names.
    ///
    /// - Throws: `TuneError` that lists the known names.
    public init(named name: String) throws {
        guard let activation = Activation(rawValue: name) else {
            throw TuneError(
                .badConfig, "The activation 'hidden_act: \(name)' is not supported.",
                remedy: suggestion(for: name, among: Self.allCases.map(\.rawValue)))
        }
        self = activation
    }

    /// Applies the function to every element.
    public func callAsFunction(_ x: Tensor) -> Tensor {
        switch self {
        case .gelu: x.gelu(approximate: .none)
        case .geluNew, .geluTanh: x.gelu(approximate: .tanh)
        case .relu: x.relu()
        case .silu, .swish: x.silu()
        case .tanh: x.tanh()
        case .sigmoid: x.sigmoid()
        }
    }
}
