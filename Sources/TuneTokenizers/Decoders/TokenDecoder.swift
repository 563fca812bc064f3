package import TuneBase

/// The fifth stage: turns tokens back into text.
package protocol TokenDecoder: Sendable {
    /// The parts of the text, one for each token; joined they are the text.
    func decode(_ tokens: [String]) -> [String]
    /// The entry of `tokenizer.json`.
    var json: JSONValue { get }
}
