import TuneTorch

/// The names that a pickle may ask for.
///
/// Each stands for data that is made here; no name is looked up anywhere, and nothing of Python
/// runs.
enum PickleGlobal: Equatable {
    case orderedDictionary
    case rebuildTensor
    case storage(DType)
    case reconstructArray
    case array
    case numpyType
    case numpyScalar
    case encode

    /// The name that stands for something.
    ///
    /// - Throws: ``PythonFileFlaw`` that tells a name that is not on the list.
    init(_ module: String, _ name: String) throws {
        guard let global = accepted["\(module).\(name)"] else {
            throw PythonFileFlaw(
                "it asks for '\(module).\(name)', which is not data and is never executed")
        }
        self = global
    }
}

private let accepted: [String: PickleGlobal] = [
    "collections.OrderedDict": .orderedDictionary,
    "torch._utils._rebuild_tensor_v2": .rebuildTensor,
    "torch.DoubleStorage": .storage(.float64), "torch.FloatStorage": .storage(.float32),
    "torch.HalfStorage": .storage(.float16), "torch.BFloat16Storage": .storage(.bfloat16),
    "torch.LongStorage": .storage(.int64), "torch.IntStorage": .storage(.int32),
    "torch.ShortStorage": .storage(.int16), "torch.CharStorage": .storage(.int8),
    "torch.ByteStorage": .storage(.uint8), "torch.BoolStorage": .storage(.bool),
    "numpy._core.multiarray._reconstruct": .reconstructArray,
    "numpy.core.multiarray._reconstruct": .reconstructArray,
    "numpy._core.multiarray.scalar": .numpyScalar, "numpy.core.multiarray.scalar": .numpyScalar,
    "numpy.ndarray": .array, "numpy.dtype": .numpyType, "_codecs.encode": .encode,
]
