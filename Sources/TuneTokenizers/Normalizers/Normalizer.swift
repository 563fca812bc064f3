package import TuneBase

/// The first stage: rewrites text before it is cut into words.
package protocol Normalizer: Sendable {
    /// Rewrites `text` and keeps track of where its scalars come from.
    func normalize(_ text: inout NormalizedString)
    /// The entry of `tokenizer.json`.
    var json: JSONValue { get }
}

/// Several normalizers, one after the other.
struct NormalizerSequence: Normalizer {
    let members: [any Normalizer]

    init(_ fields: JSONFields) throws {
        members = try fields.list("normalizers") {
            try ComponentRegistry.normalizer($0, source: fields.source)
        }
    }

    func normalize(_ text: inout NormalizedString) {
        for member in members { member.normalize(&text) }
    }

    var json: JSONValue { ["type": "Sequence", "normalizers": .array(members.map(\.json))] }
}
