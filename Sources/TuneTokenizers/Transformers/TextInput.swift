/// What a tokenizer takes in one call: a text, or a batch of texts.
public protocol TextInput {
    /// The texts in order.
    var texts: [String] { get }
    /// Whether the result holds a list of rows, even of one, rather than a row.
    static var isBatch: Bool { get }
}

extension String: TextInput {
    /// This text alone.
    public var texts: [String] { [self] }
    /// A text gives a row.
    public static var isBatch: Bool { false }
}

extension [String]: TextInput {
    /// The texts in order.
    public var texts: [String] { self }
    /// Texts give rows.
    public static var isBatch: Bool { true }
}
