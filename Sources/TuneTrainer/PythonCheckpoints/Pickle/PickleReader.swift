import TuneTorch

/// Reads the pickle of a state: a stack machine whose instructions only make data.
///
/// What it makes is bounded by the bytes it reads, and these by ``maximumSize``.
struct PickleReader {
    /// The longest pickle that is read; tensors are not in it.
    static let maximumSize = 16 << 20

    private var reader: ByteReader
    private var stack: [PickleValue] = []
    private var marks: [Int] = []
    private var memo: [Int: PickleValue] = [:]
    private var factory = PickleFactory()

    /// Reads a whole pickle.
    ///
    /// - Throws: ``PythonFileFlaw`` for everything that is not data of the accepted kinds.
    static func value(of bytes: [UInt8]) throws -> PickleValue {
        guard bytes.count <= maximumSize else {
            throw PythonFileFlaw("its structure takes \(bytes.count) bytes")
        }
        return try bytes.withUnsafeBytes {
            var reader = PickleReader(reader: ByteReader($0))
            return try reader.run()
        }
    }

    private init(reader: ByteReader) { self.reader = reader }

    private mutating func run() throws -> PickleValue {
        guard try next() == .proto, (2...5).contains(try reader.number(UInt8.self)) else {
            throw PythonFileFlaw("it is no pickle of the protocols 2 to 5")
        }
        while true {
            let opcode = try next()
            if opcode == .stop { return try result() }
            try execute(opcode)
        }
    }

    private mutating func next() throws -> PickleOpcode {
        try PickleOpcode(checking: reader.number(UInt8.self))
    }

    private func result() throws -> PickleValue {
        guard stack.count == 1, marks.isEmpty, reader.remaining == 0, let value = stack.first else {
            throw PythonFileFlaw("its pickle does not end with one value")
        }
        return value
    }

    private mutating func execute(_ opcode: PickleOpcode) throws {
        switch opcode {
        case .proto, .stop: throw PythonFileFlaw("its pickle begins anew in the middle")
        case .frame: try checkFrame()
        case .mark: marks.append(stack.count)
        case .binPut, .longBinPut, .memoize: try store(opcode)
        case .binGet: try load(Int(reader.number(UInt8.self)))
        case .longBinGet: try load(reader.size(UInt32.self))
        case .append:
            let value = try pop()
            try append([value])
        case .appends:
            let values = try popMarked()
            try append(values)
        case .setItem:
            let pair = try pop(2)
            try set(pair)
        case .setItems:
            let pairs = try popMarked()
            try set(pairs)
        case .build: try build()
        default: stack.append(try pushed(opcode))
        }
    }

    /// The value that an instruction puts on the stack.
    private mutating func pushed(_ opcode: PickleOpcode) throws -> PickleValue {
        switch opcode {
        case .none: .none
        case .newTrue: .bool(true)
        case .newFalse: .bool(false)
        case .binInt, .binInt1, .binInt2, .long1: .int(try integer(opcode))
        case .binFloat: .double(try float())
        case .binUnicode: .string(try reader.text(reader.size(UInt32.self)))
        case .shortBinUnicode: .string(try reader.text(Int(reader.number(UInt8.self))))
        case .binBytes: .bytes(try Array(reader.take(reader.size(UInt32.self))))
        case .shortBinBytes: .bytes(try Array(reader.take(Int(reader.number(UInt8.self)))))
        case .emptyList: .sequence(PickleSequence())
        case .emptyDict: .dictionary(PickleDictionary())
        case .emptyTuple: .sequence(try PickleSequence(tuple: []))
        case .tuple1: .sequence(try PickleSequence(tuple: pop(1)))
        case .tuple2: .sequence(try PickleSequence(tuple: pop(2)))
        case .tuple3: .sequence(try PickleSequence(tuple: pop(3)))
        case .tuple: .sequence(try PickleSequence(tuple: popMarked()))
        case .global: .name(try global())
        case .stackGlobal: .name(try stackGlobal())
        case .reduce: try reduced()
        case .binPersID: .storage(try factory.storage(pop()))
        default: throw PythonFileFlaw("its pickle has \(opcode) where a value is needed")
        }
    }
}

// The stack.
extension PickleReader {
    /// The uppermost value above the last mark.
    private mutating func pop() throws -> PickleValue {
        guard stack.count > marks.last ?? 0, let value = stack.popLast() else {
            throw PythonFileFlaw("its pickle takes a value that is not there")
        }
        return value
    }

    private mutating func pop(_ count: Int) throws -> [PickleValue] {
        try (0..<count).map { _ in try pop() }.reversed()
    }

    /// The values above the last mark, which goes away.
    private mutating func popMarked() throws -> [PickleValue] {
        guard let mark = marks.popLast(), mark <= stack.count else {
            throw PythonFileFlaw("its pickle takes values that are not there")
        }
        defer { stack.removeSubrange(mark...) }
        return Array(stack[mark...])
    }

    private func top() throws -> PickleValue {
        guard stack.count > marks.last ?? 0, let value = stack.last else {
            throw PythonFileFlaw("its pickle uses a value that is not there")
        }
        return value
    }

    private mutating func store(_ opcode: PickleOpcode) throws {
        let index =
            switch opcode {
            case .binPut: Int(try reader.number(UInt8.self))
            case .longBinPut: try reader.size(UInt32.self)
            default: memo.count
            }
        memo[index] = try top()
    }

    private mutating func load(_ index: Int) throws {
        guard let value = memo[index] else {
            throw PythonFileFlaw("its pickle recalls a value that it did not store")
        }
        stack.append(value)
    }

    private func append(_ values: [PickleValue]) throws {
        guard case .sequence(let list) = try top() else {
            throw PythonFileFlaw("it appends to \(try top().kind)")
        }
        try list.append(values)
    }

    private func set(_ pairs: [PickleValue]) throws {
        guard case .dictionary(let dictionary) = try top() else {
            throw PythonFileFlaw("it sets a key of \(try top().kind)")
        }
        try dictionary.set(pairs)
    }
}

// Values.
extension PickleReader {
    /// Frames tell a reader how much to fetch; all is there already.
    private mutating func checkFrame() throws {
        guard try reader.size(UInt64.self) <= reader.remaining else {
            throw PythonFileFlaw("a frame of its pickle is longer than the pickle")
        }
    }

    private mutating func integer(_ opcode: PickleOpcode) throws -> Int {
        switch opcode {
        case .binInt1: return Int(try reader.number(UInt8.self))
        case .binInt2: return Int(try reader.number(UInt16.self))
        case .binInt: return Int(try reader.number(Int32.self))
        default: return try longInteger()
        }
    }

    /// An integer of up to eight bytes in two's complement.
    private mutating func longInteger() throws -> Int {
        let bytes = try reader.take(Int(reader.number(UInt8.self)))
        guard bytes.count <= 8 else {
            throw PythonFileFlaw("an integer in it has \(bytes.count) bytes")
        }
        let isNegative = (bytes.last ?? 0) >= 128
        return bytes.reversed().reduce(isNegative ? -1 : 0) { $0 << 8 | Int($1) }
    }

    private mutating func float() throws -> Double {
        Double(bitPattern: UInt64(bigEndian: try reader.take(8).loadUnaligned(as: UInt64.self)))
    }

    private mutating func global() throws -> PickleName {
        let module = try reader.line(atMost: 255)
        return PickleName(global: try PickleGlobal(module, reader.line(atMost: 255)))
    }

    private mutating func stackGlobal() throws -> PickleName {
        guard case .string(let name) = try pop(), case .string(let module) = try pop() else {
            throw PythonFileFlaw("it asks for something without a name")
        }
        return PickleName(global: try PickleGlobal(module, name))
    }

    private mutating func reduced() throws -> PickleValue {
        guard case .sequence(let arguments) = try pop(), !arguments.isList else {
            throw PythonFileFlaw("it calls something without arguments (REDUCE)")
        }
        guard case .name(let name) = try pop() else {
            throw PythonFileFlaw("it calls something that is no name on the list (REDUCE)")
        }
        return try factory.make(name.global, arguments.items)
    }

    private mutating func build() throws {
        let state = try pop()
        try factory.fill(top(), state)
    }
}
