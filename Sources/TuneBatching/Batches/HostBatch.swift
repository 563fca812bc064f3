public import TuneTorch

/// The inputs of one step in ordinary memory, named and in order.
public struct HostBatch: Sendable, Hashable {
    /// The names of the inputs in order.
    public private(set) var names: [String] = []
    private var inputs: [String: HostTensor] = [:]

    /// Creates a batch of the given inputs.
    public init(_ inputs: KeyValuePairs<String, HostTensor> = [:]) {
        for (name, tensor) in inputs { self[name] = tensor }
    }

    /// One input; setting replaces or appends it, setting nil removes it.
    public subscript(name: String) -> HostTensor? {
        get { inputs[name] }
        set {
            if newValue == nil {
                names.removeAll { $0 == name }
            } else if inputs[name] == nil {
                names.append(name)
            }
            inputs[name] = newValue
        }
    }

    /// The number of rows.
    public var rowCount: Int { names.first.flatMap { inputs[$0]?.shape.first } ?? 0 }

    /// Takes some of the rows of every input.
    ///
    /// - Parameter range: Row numbers within ``rowCount``.
    /// - Returns: These rows.
    public func rows(_ range: Range<Int>) -> HostBatch {
        var result = self
        for name in names { result.inputs[name] = inputs[name]?.rows(range) }
        return result
    }

    /// The inputs as tensors on a device.
    public func tensors(on device: Device = .cpu) -> TensorBatch {
        inputs.mapValues { $0.tensor(on: device) }
    }

    /// The shape of every input, in order.
    public var shapes: BatchShapes {
        BatchShapes(names.map { ($0, inputs[$0]?.shape ?? []) })
    }
}

/// The shapes of a batch's inputs, printed as Python prints `{k: v.shape for k, v in batch.items()}`.
public struct BatchShapes: Sendable, CustomStringConvertible {
    private let entries: [(name: String, shape: [Int])]

    init(_ entries: [(String, [Int])]) { self.entries = entries.map { ($0.0, $0.1) } }

    /// The shape of one input.
    public subscript(name: String) -> [Int]? { entries.first { $0.name == name }?.shape }

    /// The shapes as a Python dictionary, such as `{'labels': torch.Size([8])}`.
    public var description: String {
        let parts = entries.map { "'\($0.name)': torch.Size(\($0.shape))" }
        return "{" + parts.joined(separator: ", ") + "}"
    }
}
