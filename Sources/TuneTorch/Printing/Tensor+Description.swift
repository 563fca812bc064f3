extension Tensor: CustomStringConvertible {
    /// The elements as PyTorch prints them: four decimals, the middle of large tensors left out,
    /// and type and device where they are not the usual ones.
    public var description: String {
        guard isDefined else { return "tensor(undefined)" }
        return withoutGradients { TensorPrinter(self).text }
    }
}

/// Writes one tensor.
private struct TensorPrinter {
    static let lineWidth = 80
    static let edge = 3
    static let summaryThreshold = 1000
    static let prefix = "tensor("

    private let tensor: Tensor
    private let isSummary: Bool
    /// The elements that are shown, as text, in row-major order.
    private let elements: [String]
    /// The sizes of the part that is shown.
    private let shownShape: [Int]
    private let width: Int

    init(_ tensor: Tensor) {
        self.tensor = tensor
        isSummary = tensor.count > Self.summaryThreshold
        let shown = isSummary ? Self.edges(of: tensor) : tensor
        shownShape = shown.shape
        (elements, width) = Self.texts(of: shown)
    }

    var text: String {
        let body = tensor.count == 0 ? "[]" : nested(axis: 0, offset: 0, indent: Self.prefix.count)
        return appendFacts(to: Self.prefix + body) + ")"
    }

    private static func edges(of tensor: Tensor) -> Tensor {
        tensor.shape.enumerated().reduce(tensor) { part, axis in
            guard axis.element > 2 * edge else { return part }
            return .cat(
                [
                    part.narrow(dim: axis.offset, start: 0, length: edge),
                    part.narrow(dim: axis.offset, start: axis.element - edge, length: edge),
                ], dim: axis.offset)
        }
    }

    private static func texts(of tensor: Tensor) -> ([String], width: Int) {
        if tensor.dtype.isFloatingPoint {
            let values = tensor.doubles()
            let formatter = NumberFormatter(values)
            return (values.map(formatter.format), formatter.width)
        }
        let plain =
            tensor.dtype == .bool
            ? tensor.bools().map { $0 ? "True" : "False" } : tensor.ints().map(String.init)
        let formatter = NumberFormatter(texts: plain)
        return (plain.map(formatter.pad), formatter.width)
    }

    private func isCut(_ axis: Int) -> Bool { isSummary && tensor.shape[axis] > 2 * Self.edge }

    private func nested(axis: Int, offset: Int, indent: Int) -> String {
        guard axis < shownShape.count else { return elements[offset] }
        guard axis < shownShape.count - 1 else {
            return line(offset: offset, indent: indent)
        }
        let stride = shownShape[(axis + 1)...].reduce(1, *)
        var parts = (0..<shownShape[axis]).map {
            nested(axis: axis + 1, offset: offset + $0 * stride, indent: indent + 1)
        }
        if isCut(axis) { parts.insert("...", at: Self.edge) }
        let breaks = String(repeating: "\n", count: shownShape.count - axis - 1)
        let separator = "," + breaks + String(repeating: " ", count: indent + 1)
        return "[" + parts.joined(separator: separator) + "]"
    }

    /// The innermost axis, broken into lines of the usual width.
    private func line(offset: Int, indent: Int) -> String {
        let axis = shownShape.count - 1
        var parts = Array(elements[offset..<offset + shownShape[axis]])
        if isCut(axis) { parts.insert(" ...", at: Self.edge) }
        let perLine = max(1, (Self.lineWidth - indent) / (width + 2))
        let lines = stride(from: 0, to: parts.count, by: perLine).map {
            parts[$0..<min($0 + perLine, parts.count)].joined(separator: ", ")
        }
        let separator = ",\n" + String(repeating: " ", count: indent + 1)
        return "[" + lines.joined(separator: separator) + "]"
    }

    private func appendFacts(to body: String) -> String {
        var text = body
        var lineLength = (body.split(separator: "\n").last?.count ?? 0) + 2
        for fact in facts {
            if lineLength + fact.count + 2 > Self.lineWidth {
                text += ",\n" + String(repeating: " ", count: Self.prefix.count) + fact
                lineLength = Self.prefix.count + fact.count
            } else {
                text += ", " + fact
                lineLength += fact.count + 2
            }
        }
        return text
    }

    /// What is unusual about the tensor, in Python's words.
    private var facts: [String] {
        var facts: [String] = []
        let isEmpty = tensor.count == 0
        if tensor.device != .cpu { facts.append("device='\(tensor.device)'") }
        if isEmpty, tensor.rank != 1 {
            facts.append("size=(\(tensor.shape.map(String.init).joined(separator: ", ")))")
        }
        let usual: [DType] = isEmpty ? [.float32] : [.float32, .int64, .bool]
        if !usual.contains(tensor.dtype) { facts.append("dtype=\(tensor.dtype.name)") }
        if tensor.requiresGrad { facts.append("requires_grad=True") }
        return facts
    }
}
