import Foundation

/// A Protocol Buffers message under construction; fields appear in the order of the calls.
struct ProtobufMessage {
    /// The encoded fields.
    private(set) var data = Data()

    /// Adds a 64-bit floating-point field.
    mutating func add(_ field: Int, _ value: Double) {
        tag(field, wireType: 1)
        data += withUnsafeBytes(of: value.bitPattern.littleEndian) { Data($0) }
    }

    /// Adds a 32-bit floating-point field.
    mutating func add(_ field: Int, _ value: Float) {
        tag(field, wireType: 5)
        data += withUnsafeBytes(of: value.bitPattern.littleEndian) { Data($0) }
    }

    /// Adds an integer or enumeration field.
    mutating func add(_ field: Int, _ value: Int) {
        tag(field, wireType: 0)
        varint(UInt64(bitPattern: Int64(value)))
    }

    /// Adds a text field.
    mutating func add(_ field: Int, _ text: String) { add(field, Data(text.utf8)) }

    /// Adds a field of bytes.
    mutating func add(_ field: Int, _ bytes: Data) {
        tag(field, wireType: 2)
        varint(UInt64(bytes.count))
        data += bytes
    }

    /// Adds a message as a field.
    mutating func add(_ field: Int, _ build: (inout ProtobufMessage) -> Void) {
        var message = ProtobufMessage()
        build(&message)
        add(field, message.data)
    }

    private mutating func tag(_ field: Int, wireType: Int) {
        varint(UInt64(field << 3 | wireType))
    }

    private mutating func varint(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            data.append(UInt8(rest & 0x7F | 0x80))
            rest >>= 7
        }
        data.append(UInt8(rest))
    }
}
