import TuneBase
import TuneBatching
import TuneNN
import TuneTorch

/// A loss or a gradient that is not a finite number, with the first place where it shows.
struct NonFiniteFault: Error {
    /// What it is: the loss, the gradient norm.
    let quantity: String
    /// Its value.
    let value: Double
    /// The tensor that holds the first such number, if one was found.
    var tensor: String?
    /// The rows of the training data in the batches.
    var rows: [Int] = []

    init(_ quantity: String, _ value: Double) { (self.quantity, self.value) = (quantity, value) }

    /// The same fault with its place and the rows of an update.
    func naming(
        _ batches: [RowBatch], _ model: any TrainableModel, on device: Device
    ) -> NonFiniteFault {
        var named = self
        named.tensor = firstNonFinite(in: model, batches.map { $0.batch.tensors(on: device) })
        named.rows = batches.flatMap(\.rows)
        return named
    }

    /// The error that ends a training.
    func error(at step: Int, epoch: Double) -> TuneError {
        let place = tensor.map { ", first in \($0)" } ?? ""
        let shown = rows.prefix(64).map(String.init) + (rows.count > 64 ? ["…"] : [])
        let source =
            rows.isEmpty ? "" : " Rows of the training data: \(shown.joined(separator: ", "))."
        return TuneError(
            .failed,
            "The \(quantity) became \(pythonRepr(value)) at step \(step) (epoch \(shortNumber(epoch)))\(place); this update was not made.\(source)",
            remedy:
                "Lower the learning rate, add warmupSteps, look at these rows, or set nonFinitePolicy to skip or rollback."
        )
    }
}

/// The name of the first tensor with a number that is not finite: a parameter, an input of a batch,
/// or a gradient.
func firstNonFinite(in model: any TrainableModel, _ batches: [TensorBatch]) -> String? {
    withoutGradients {
        let parameters = model.namedParameters()
        if let name = parameters.first(where: { !isFinite($0.tensor) })?.name {
            return "the parameter '\(name)'"
        }
        for batch in batches {
            let inputs = batch.sorted { $0.key < $1.key }
            if let name = inputs.first(where: { !isFinite($0.value) })?.key {
                return "the input '\(name)'"
            }
        }
        let gradient = parameters.first { $0.tensor.grad.map { !isFinite($0) } ?? false }
        return gradient.map { "the gradient of '\($0.name)'" }
    }
}

/// The name of the first of an optimizer's tensors with a number that is not finite.
func firstNonFinite(in tensors: [(String, Tensor)]) -> String? {
    withoutGradients { tensors.first { !isFinite($0.1) }.map { "the optimizer's '\($0.0)'" } }
}

/// Whether all elements are finite numbers.
private func isFinite(_ tensor: Tensor) -> Bool {
    guard tensor.dtype.isFloatingPoint else { return true }
    // A product with zero is zero for every finite number, and no number for any other.
    return (tensor * 0).sum().item() == 0
}

/// A number for a message, with at most two digits after the point.
func shortNumber(_ value: Double) -> String { pythonRepr(rounded(value, digits: 2)) }
