import TuneTorch

/// Whether layers compute `x` with a weight by fused kernels: in the mode `fast`, for float32 on the
/// CPU.
func usesFusedKernels(_ x: Tensor, _ weight: Tensor) -> Bool {
    ExecutionMode.current == .fast && x.device == .cpu && x.dtype == .float32
        && weight.dtype == .float32
}

extension Linear {
    var projection: ProjectionParameters { ProjectionParameters(weight: weight, bias: bias) }
}
