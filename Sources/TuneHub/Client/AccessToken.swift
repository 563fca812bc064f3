import TuneBase

/// A secret that opens an account of the Hub; it shows as `<token>` wherever it is printed.
public struct AccessToken: Sendable, Hashable {
    let secret: String

    /// Takes over a token, without the white space around it.
    ///
    /// - Throws: `TuneError` for text that cannot be a token; it does not quote the text.
    public init(_ text: String) throws {
        secret = text.trimmed
        let isPlain = secret.utf8.allSatisfy { (0x21...0x7E).contains($0) }
        guard isPlain, !secret.isEmpty, secret.utf8.count <= 4096 else {
            throw TuneError(
                .badConfig, "The token for the Hub is empty or has characters that no token has.",
                remedy: "Copy it again from \(tokenPage).")
        }
    }

    /// A text without the token, should a server have quoted it.
    func redacted(from text: String) -> String { text.replacing(secret, with: "<token>") }
}

extension AccessToken: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// `<token>`.
    public var description: String { "<token>" }
    /// `<token>`.
    public var debugDescription: String { "<token>" }
    /// Nothing of the secret.
    public var customMirror: Mirror { Mirror(self, children: []) }
}

/// Where users make tokens.
let tokenPage = "https://huggingface.co/settings/tokens"

extension String {
    /// The text without white space at its ends.
    var trimmed: String {
        let body = drop(while: \.isWhitespace)
        guard let last = body.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(body[...last])
    }
}
