public import TuneTorch

extension Accelerator {
    /// The tensors of all processes, concatenated by rows.
    public func gather(_ tensor: Tensor) -> Tensor { tensor }

    /// As ``gather(_:)``, without the rows that fill up the last batch of a loader.
    public func gatherForMetrics(_ tensor: Tensor) -> Tensor {
        guard let rows = passes.rowsInLastBatch, tensor.rank > 0, tensor.shape[0] > rows else {
            return gather(tensor)
        }
        return gather(tensor).narrow(dim: 0, start: 0, length: rows)
    }

    /// As ``gatherForMetrics(_:)`` for two tensors, such as predictions and labels.
    public func gatherForMetrics(_ first: Tensor, _ second: Tensor) -> (Tensor, Tensor) {
        (gatherForMetrics(first), gatherForMetrics(second))
    }
}
