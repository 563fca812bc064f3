import TuneTorch

/// Makes the values that stand for calls of Python, from their arguments.
struct PickleFactory {
    /// Bytes that may still be made from texts, which a pickle can use many times.
    private var bytesLeft = PickleReader.maximumSize

    /// The value of a call.
    ///
    /// - Throws: ``PythonFileFlaw`` for a name that is not called in states, and for arguments of
    ///   another form than PyTorch and NumPy write.
    mutating func make(_ name: PickleGlobal, _ arguments: [PickleValue]) throws -> PickleValue {
        switch (name, arguments.count) {
        case (.orderedDictionary, 0): .dictionary(PickleDictionary())
        case (.rebuildTensor, 6): .tensor(try tensor(arguments))
        case (.encode, 2): .bytes(try encoded(arguments))
        case (.numpyType, 3): .numpyType(try numpyType(arguments))
        case (.reconstructArray, 3): .array(try emptyArray(arguments))
        case (.numpyScalar, 2): try numpyScalar(arguments)
        default:
            throw PythonFileFlaw("it calls \(name) with \(arguments.count) arguments (REDUCE)")
        }
    }

    /// Fills a value that was made empty.
    ///
    /// - Throws: ``PythonFileFlaw`` for values that are not filled this way, and for other states.
    func fill(_ value: PickleValue, _ state: PickleValue) throws {
        guard case .sequence(let fields) = state, !fields.isList else {
            throw PythonFileFlaw("it fills \(value.kind) with \(state.kind) (BUILD)")
        }
        switch value {
        case .numpyType(let type):
            guard fields.items.count == 8, case .int(3) = fields.items[0],
                case .string(let order) = fields.items[1],
                fields.items[2...4].allSatisfy(\.isNone)
            else { throw PythonFileFlaw("a NumPy type in it has fields or a new form") }
            try type.set(byteOrder: order)
        case .array(let array):
            try array.set(arrayType(fields.items), state: state)
        default:
            throw PythonFileFlaw("it fills \(value.kind) (BUILD)")
        }
    }

    /// The storage that a reference of PyTorch's names.
    func storage(_ reference: PickleValue) throws -> TorchStorage {
        guard case .sequence(let fields) = reference, fields.items.count == 5,
            case .string("storage") = fields.items[0], case .name(let name) = fields.items[1],
            case .storage(let dtype) = name.global, case .string(let key) = fields.items[2],
            case .string = fields.items[3], case .int(let count) = fields.items[4], count >= 0
        else { throw PythonFileFlaw("it refers to something that is no storage (BINPERSID)") }
        return TorchStorage(dtype: dtype, key: key, count: count)
    }

    private func tensor(_ arguments: [PickleValue]) throws -> TorchTensor {
        guard case .storage(let storage) = arguments[0], case .int(let offset) = arguments[1],
            let shape = arguments[2].sizes, let strides = arguments[3].sizes,
            case .bool = arguments[4], case .dictionary(let hooks) = arguments[5],
            hooks.keys.isEmpty
        else { throw PythonFileFlaw("a tensor in it has another form than PyTorch writes") }
        return try TorchTensor(storage, offset: offset, shape: shape, strides: strides)
    }

    private mutating func encoded(_ arguments: [PickleValue]) throws -> [UInt8] {
        guard case .string(let text) = arguments[0], case .string("latin1") = arguments[1] else {
            throw PythonFileFlaw("bytes in it are encoded in an unknown way")
        }
        bytesLeft -= text.utf8.count
        guard bytesLeft >= 0 else { throw PythonFileFlaw("it repeats a text too often") }
        return try text.unicodeScalars.map { scalar in
            guard let byte = UInt8(exactly: scalar.value) else {
                throw PythonFileFlaw("bytes in it hold the character \(scalar.value)")
            }
            return byte
        }
    }

    private func numpyType(_ arguments: [PickleValue]) throws -> NumpyType {
        guard case .string(let code) = arguments[0], numpySizes[code] != nil,
            case .bool = arguments[1], case .bool = arguments[2]
        else { throw PythonFileFlaw("a NumPy type in it is not one of numbers") }
        return NumpyType(code)
    }

    private func emptyArray(_ arguments: [PickleValue]) throws -> NumpyArray {
        guard case .name(let name) = arguments[0], name.global == .array,
            arguments[1].sizes == [0], case .bytes(let code) = arguments[2], code == [0x62]
        else { throw PythonFileFlaw("a NumPy array in it has another form than NumPy writes") }
        return NumpyArray()
    }

    /// The type of the array with a state: version, shape, type, order of the axes, bytes.
    private func arrayType(_ state: [PickleValue]) throws -> NumpyType {
        guard state.count == 5, case .int(1) = state[0], let shape = state[1].sizes,
            case .numpyType(let type) = state[2], type.byteOrder != nil, case .bool = state[3],
            case .bytes(let bytes) = state[4],
            product(shape, numpySizes[type.code] ?? 1) == bytes.count
        else { throw PythonFileFlaw("a NumPy array in it has another form than NumPy writes") }
        return type
    }

    private func numpyScalar(_ arguments: [PickleValue]) throws -> PickleValue {
        guard case .numpyType(let type) = arguments[0], type.byteOrder != nil,
            case .bytes(let bytes) = arguments[1], bytes.count == numpySizes[type.code]
        else { throw PythonFileFlaw("a NumPy number in it has another form than NumPy writes") }
        return try bytes.withUnsafeBytes { raw in
            var reader = ByteReader(raw)
            switch type.code {
            case "f8": return .double(Double(bitPattern: try reader.number(UInt64.self)))
            case "f4": return .double(Double(Float(bitPattern: try reader.number(UInt32.self))))
            case "i8": return .int(Int(try reader.number(Int64.self)))
            case "i4": return .int(Int(try reader.number(Int32.self)))
            default: throw PythonFileFlaw("a NumPy number in it has the type \(type.code)")
            }
        }
    }
}

/// The types of NumPy that states have, with their sizes in bytes.
private let numpySizes: [String: Int] = [
    "u1": 1, "u2": 2, "u4": 4, "u8": 8, "i1": 1, "i2": 2, "i4": 4, "i8": 8, "f4": 4, "f8": 8,
    "b1": 1,
]

/// The product of sizes and a factor; nil when it is too large.
private func product(_ sizes: [Int], _ factor: Int = 1) -> Int? {
    sizes.reduce(factor) { total, size in
        guard let total else { return nil }
        let (product, overflow) = total.multipliedReportingOverflow(by: size)
        return overflow ? nil : product
    }
}

extension PickleValue {
    var isNone: Bool { if case .none = self { true } else { false } }

    /// The value as a tuple of sizes.
    fileprivate var sizes: [Int]? {
        guard case .sequence(let tuple) = self, !tuple.isList, tuple.items.count <= 16 else {
            return nil
        }
        var result: [Int] = []
        for item in tuple.items {
            guard case .int(let size) = item, size >= 0 else { return nil }
            result.append(size)
        }
        return result
    }
}

extension TorchTensor {
    /// A view that lies in its storage.
    ///
    /// - Throws: ``PythonFileFlaw`` when it does not, and when elements lie over each other or
    ///   have gaps between them.
    fileprivate init(
        _ storage: TorchStorage, offset: Int, shape: [Int], strides: [Int]
    ) throws {
        (self.storage, self.offset, self.shape, self.strides) = (storage, offset, shape, strides)
        let misfit = PythonFileFlaw(
            "a tensor of the shape \(shape) does not fit into its storage of \(storage.count)")
        guard shape.count == strides.count, let count = product(shape) else { throw misfit }
        guard offset >= 0, offset <= storage.count, count <= storage.count - offset else {
            throw misfit
        }
        guard count == 0 || axesInMemory != nil else {
            throw PythonFileFlaw(
                "a tensor of the shape \(shape) with the strides \(strides) has gaps or overlaps")
        }
    }

    /// The number of elements.
    var count: Int { shape.reduce(1, *) }

    /// The axes from the slowest to the fastest in memory; nil when elements do not lie densely.
    var axesInMemory: [Int]? {
        let axes = shape.indices.sorted {
            (shape[$0] == 1 ? Int.max : strides[$0], $1) > (
                shape[$1] == 1 ? Int.max : strides[$1], $0
            )
        }
        var expected = 1
        for axis in axes.reversed() where shape[axis] != 1 {
            guard strides[axis] == expected else { return nil }
            expected *= shape[axis]
        }
        return axes
    }
}
