import TuneTorch

/// A value of a pickle: data of these kinds only.
package enum PickleValue {
    case none
    case bool(Bool)
    case int(Int)
    case double(Double)
    case string(String)
    case bytes([UInt8])
    /// A tuple or a list.
    case sequence(PickleSequence)
    case dictionary(PickleDictionary)
    /// The bytes of tensors.
    case storage(TorchStorage)
    case tensor(TorchTensor)
    case numpyType(NumpyType)
    case array(NumpyArray)
    /// A name that the pickle has asked for and not used yet.
    case name(PickleName)

    /// What the value is called in messages.
    var kind: String {
        switch self {
        case .none: "None"
        case .bool: "a truth value"
        case .int: "an integer"
        case .double: "a number"
        case .string: "a text"
        case .bytes: "bytes"
        case .sequence: "a list"
        case .dictionary: "a dictionary"
        case .storage: "a storage"
        case .tensor: "a tensor"
        case .numpyType: "a NumPy type"
        case .array: "a NumPy array"
        case .name: "a name"
        }
    }
}

/// A name on the list of those that are accepted.
package struct PickleName {
    let global: PickleGlobal
}

/// What other values can be put into.
///
/// A value that was put somewhere cannot change any more: so no value contains itself, and none is
/// nested more deeply than it says.
package class PickleNode {
    /// How many levels of values are in it, counting itself.
    fileprivate(set) var depth = 1
    private var isSealed = false

    /// Takes note of what is put into it.
    ///
    /// - Throws: ``PythonFileFlaw`` when it was put somewhere before, or becomes too deep.
    fileprivate func take(_ values: some Sequence<PickleValue>) throws {
        for case let node? in values.lazy.map(\.node) {
            node.isSealed = true
            depth = max(depth, node.depth + 1)
        }
        guard !isSealed else { throw PythonFileFlaw("a value in it changes after its use") }
        guard depth <= maximumDepth else {
            throw PythonFileFlaw("its values are nested more than \(maximumDepth) levels deep")
        }
    }
}

/// Ten times what any state needs.
private let maximumDepth = 64

extension PickleValue {
    fileprivate var node: PickleNode? {
        switch self {
        case .sequence(let node): node
        case .dictionary(let node): node
        case .numpyType(let node): node
        case .array(let node): node
        default: nil
        }
    }
}

/// A tuple or a list.
package final class PickleSequence: PickleNode {
    /// Whether it is a list, to which values can be added.
    let isList: Bool
    /// The elements.
    package private(set) var items: [PickleValue] = []

    init(tuple items: [PickleValue]) throws {
        isList = false
        super.init()
        try take(items)
        self.items = items
    }

    override init() { isList = true }

    func append(_ values: some Collection<PickleValue>) throws {
        guard isList else { throw PythonFileFlaw("it appends to a tuple") }
        try take(values)
        items += values
    }
}

/// A dictionary, whose keys are texts and integers.
package final class PickleDictionary: PickleNode {
    /// What can be a key.
    package enum Key: Hashable {
        case int(Int)
        case string(String)
    }

    /// The keys in order.
    package private(set) var keys: [Key] = []
    private var values: [Key: PickleValue] = [:]

    /// The value of a key.
    package subscript(key: String) -> PickleValue? { values[.string(key)] }

    /// The value of a key.
    package subscript(key: Int) -> PickleValue? { values[.int(key)] }

    func set(_ pairs: some Collection<PickleValue>) throws {
        guard pairs.count.isMultiple(of: 2) else {
            throw PythonFileFlaw("a dictionary in it has a key without a value")
        }
        try take(pairs)
        var rest = pairs.makeIterator()
        while let key = rest.next(), let value = rest.next() { try set(key, value) }
    }

    private func set(_ key: PickleValue, _ value: PickleValue) throws {
        let name: Key
        switch key {
        case .string(let text): name = .string(text)
        case .int(let number): name = .int(number)
        default: throw PythonFileFlaw("\(key.kind) is a key in it")
        }
        guard values.updateValue(value, forKey: name) == nil else {
            throw PythonFileFlaw("a dictionary in it has the key \(name) twice")
        }
        keys.append(name)
    }
}

extension PickleDictionary.Key: CustomStringConvertible {
    /// The key as Python writes it.
    package var description: String {
        switch self {
        case .int(let number): "\(number)"
        case .string(let text): "'\(text)'"
        }
    }
}

/// A type of NumPy: its code, and the order of its bytes once it is told.
package final class NumpyType: PickleNode {
    /// The code: `u4`, `f8`.
    let code: String
    private(set) var byteOrder: String?

    init(_ code: String) { self.code = code }

    func set(byteOrder: String) throws {
        try take([])
        guard self.byteOrder == nil, ["<", "|"].contains(byteOrder) else {
            throw PythonFileFlaw("a NumPy type in it has the byte order '\(byteOrder)'")
        }
        self.byteOrder = byteOrder
    }
}

/// An array of NumPy, whose bytes are checked to fit and not kept: nothing here uses them.
package final class NumpyArray: PickleNode {
    private(set) var type: NumpyType?

    override init() {}

    func set(_ type: NumpyType, state: PickleValue) throws {
        try take([state])
        guard self.type == nil else { throw PythonFileFlaw("a NumPy array in it is filled twice") }
        self.type = type
    }
}

/// The bytes of tensors: an entry of the file.
package struct TorchStorage: Equatable {
    /// The type of the elements.
    let dtype: DType
    /// The name of the entry after `data/`.
    let key: String
    /// The number of elements.
    let count: Int
}

/// A tensor: a view of a storage.
package struct TorchTensor {
    /// The storage that the elements are in.
    let storage: TorchStorage
    /// The position of the first element.
    let offset: Int
    /// The size of each axis.
    let shape: [Int]
    /// The distance of neighbours along each axis.
    let strides: [Int]

    /// The type of the elements.
    var dtype: DType { storage.dtype }
}
