import Foundation
import Testing
import TuneBase
import TuneTestSupport
import TuneTorch

/// Values computed by PyTorch; written by `Tools/goldens/tensors.py`.
struct Golden {
    private let fields: JSONObject

    init(_ section: String) throws {
        let file = URL(fileURLWithPath: fixtures() + "/tensors.json")
        fields = try #require(try JSONValue(contentsOf: file)[section]?.object)
    }

    init(_ value: JSONValue) throws { fields = try #require(value.object) }

    var members: [(key: String, value: JSONValue)] { fields.members }

    func number(_ name: String) throws -> Double { try #require(fields[name]?.double) }

    func list(_ name: String) throws -> [JSONValue] { try #require(fields[name]?.array) }

    func tensor(_ name: String) throws -> Tensor { try tensor(#require(fields[name])) }

    func tensors(_ name: String) throws -> [Tensor] { try list(name).map(tensor) }

    func tensor(_ value: JSONValue) throws -> Tensor {
        let shape = try #require(value["shape"]?.array).compactMap(\.int)
        let values = try #require(value["values"]?.array).compactMap(\.double)
        return Tensor(values.map(Float.init), shape)
    }
}

/// Whether two tensors have the same shape and elements that differ by at most `tolerance`.
func isClose(_ a: Tensor, _ b: Tensor, tolerance: Double = 1e-6) -> Bool {
    a.shape == b.shape && zip(a.doubles(), b.doubles()).allSatisfy { abs($0 - $1) <= tolerance }
}
