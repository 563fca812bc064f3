import Testing

/// A file that breaks one rule, and what the error says about it.
struct Malformation: Sendable, CustomTestStringConvertible {
    let bytes: [UInt8]
    let complaint: String

    var testDescription: String { complaint }

    init(_ header: String, _ dataCount: Int, _ complaint: String) {
        self.init(safetensors(header, Array(repeating: 0, count: dataCount)), complaint)
    }

    init(_ header: String, _ complaint: String) { self.init(header, 0, complaint) }

    init(_ bytes: [UInt8], _ complaint: String) {
        self.bytes = bytes
        self.complaint = complaint
    }

    static func entry(_ name: String, _ dtype: String, _ shape: String, _ offsets: String) -> String
    {
        #""\#(name)":{"dtype":"\#(dtype)","shape":\#(shape),"data_offsets":\#(offsets)}"#
    }

    static let all: [Malformation] = sizes + texts + entries + places

    static let sizes = [
        Malformation([], "0 bytes where the header's length takes 8"),
        Malformation([1, 2, 3], "3 bytes where the header's length takes 8"),
        Malformation(littleEndian(1 << 63) + [0x7B, 0x7D], "9223372036854775808 bytes"),
        Malformation(littleEndian(100_000_001) + [0x7B, 0x7D], "100000000 are allowed"),
        Malformation(littleEndian(3) + [0x7B, 0x7D], "where the file has 2 more"),
        Malformation(littleEndian(0), "its header does not begin"),
    ]

    static let texts = [
        Malformation(littleEndian(6) + [0x7B, 0x22, 0xFF, 0x22, 0x3A, 0x7D], "invalid UTF-8"),
        Malformation("{\"a\":", "unexpected end of file"),
        Malformation("[1]", "begin with '{'"),
        Malformation(" {}", "begin with '{'"),
        Malformation("{} x", "unexpected text"),
        Malformation(String(repeating: "{\"a\":", count: 200), "nested deeper"),
        Malformation(
            "{\(entry("a", "U8", "[1]", "[0,1]")),\(entry("a", "U8", "[1]", "[1,2]"))}", 2,
            "'a' appears twice"),
        Malformation("{\"__metadata__\":{\"format\":1}}", "metadata 'format' is an integer"),
        Malformation("{\(entry("a", "U8", "[01]", "[0,1]"))}", 1, "a number begins with zero"),
        Malformation("{\(entry("a", "U8", "[+1]", "[0,1]"))}", 1, "unexpected character"),
        Malformation("{\"__metadata__\":[]}", "its metadata is an array"),
    ]

    static let entries = [
        Malformation("{\"a\":3}", "the entry of tensor 'a' is an integer"),
        Malformation("{\(entry("a", "F9", "[1]", "[0,1]"))}", 1, "the unknown type 'F9'"),
        Malformation("{\"a\":{\"shape\":[],\"data_offsets\":[0,0]}}", "has no type"),
        Malformation("{\"a\":{\"dtype\":\"U8\",\"data_offsets\":[0,0]}}", "no list 'shape'"),
        Malformation("{\"a\":{\"dtype\":\"U8\",\"shape\":[0]}}", "no list 'data_offsets'"),
        Malformation("{\(entry("a", "U8", "[-1]", "[0,1]"))}", 1, "something else than sizes"),
        Malformation("{\(entry("a", "U8", "[1.0]", "[0,1]"))}", 1, "something else than sizes"),
        Malformation("{\(entry("a", "U8", "[true]", "[0,1]"))}", 1, "something else than sizes"),
        Malformation(
            "{\(entry("a", "U8", "[99999999999999999999]", "[0,1]"))}", 1,
            "something else than sizes"),
    ]

    static let places = [
        Malformation("{\(entry("a", "U8", "[1]", "[1]"))}", 1, "data_offsets of tensor 'a'"),
        Malformation("{\(entry("a", "U8", "[1]", "[1,0]"))}", 1, "data_offsets of tensor 'a'"),
        Malformation("{\(entry("a", "F32", "[2]", "[0,4]"))}", 4, "8 are needed"),
        Malformation("{\(entry("a", "F4", "[1]", "[0,0]"))}", "0 bytes"),
        Malformation(
            "{\(entry("a", "F32", "[4294967296,4294967296]", "[0,4]"))}", 4, "too large"),
        Malformation(
            "{\(entry("a", "U8", "[2]", "[0,2]")),\(entry("b", "U8", "[2]", "[1,3]"))}", 3,
            "'b' overlaps another"),
        Malformation(
            "{\(entry("a", "U8", "[1]", "[0,1]")),\(entry("b", "U8", "[1]", "[2,3]"))}", 3,
            "'b' leaves a hole"),
        Malformation("{\(entry("a", "U8", "[1]", "[1,2]"))}", 2, "'a' leaves a hole"),
        Malformation("{\(entry("a", "U8", "[4]", "[0,4]"))}", 3, "4 bytes where the file holds 3"),
        Malformation("{\(entry("a", "U8", "[4]", "[0,4]"))}", 5, "4 bytes where the file holds 5"),
        Malformation("{}", 1, "0 bytes where the file holds 1"),
    ]
}

/// A file from the text of its header and its data.
func safetensors(_ header: String, _ data: [UInt8]) -> [UInt8] {
    littleEndian(UInt64(header.utf8.count)) + Array(header.utf8) + data
}

/// The eight bytes of a header's length.
func littleEndian(_ value: UInt64) -> [UInt8] {
    withUnsafeBytes(of: value.littleEndian) { Array($0) }
}
