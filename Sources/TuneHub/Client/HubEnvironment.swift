public import Foundation
import TuneBase

/// What the environment says of the Hub, by the variables of Python's `huggingface_hub`.
public struct HubEnvironment: Sendable {
    /// Where the Hub is: `HF_ENDPOINT`, or https://huggingface.co.
    public let endpoint: URL
    /// Whether `HF_HUB_OFFLINE` or `TRANSFORMERS_OFFLINE` forbids the network.
    public let isOffline: Bool
    /// The token of `HF_TOKEN`, else that of the file `HF_TOKEN_PATH` names, else that of
    /// `$HF_HOME/token` (`~/.cache/huggingface/token`), where `hf auth login` puts it.
    public let token: AccessToken?
    /// Certificates to trust in place of the system's: `SSL_CERT_FILE`.
    let certificates: String?

    /// The endpoint of everybody.
    static let publicEndpoint = "https://huggingface.co"

    /// Reads variables.
    ///
    /// - Throws: `TuneError` for an endpoint that is no http address, and for a token that cannot
    ///   be one.
    public init(
        _ variables: [String: String] = ProcessInfo.processInfo.environment
    ) throws {
        endpoint = try Self.endpoint(of: variables)
        isOffline = ["HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE"].contains {
            ["1", "ON", "YES", "TRUE"].contains(variables[$0]?.uppercased())
        }
        token = try Self.token(of: variables)
        certificates = variables["SSL_CERT_FILE"].nonEmpty
    }

    private static func endpoint(of variables: [String: String]) throws -> URL {
        var text = variables["HF_ENDPOINT"].nonEmpty ?? publicEndpoint
        while text.hasSuffix("/") { text.removeLast() }
        guard let url = URL(string: text), ["http", "https"].contains(url.scheme?.lowercased()),
            url.host?.isEmpty == false, url.user == nil, url.query == nil, url.fragment == nil
        else {
            throw TuneError(
                .badConfig, "HF_ENDPOINT is not the address of a Hub.",
                remedy: "Set it to an address such as \(publicEndpoint), or unset it.")
        }
        return url
    }

    private static func token(of variables: [String: String]) throws -> AccessToken? {
        for name in ["HF_TOKEN", "HUGGING_FACE_HUB_TOKEN"] {
            if let text = variables[name].nonEmpty { return try AccessToken(text) }
        }
        let file = URL(fileURLWithPath: expandingTilde(tokenPath(variables)))
        guard let data = try? FileSystems.current.read(file), data.count <= 1 << 16 else {
            return nil
        }
        let text = String(decoding: data, as: UTF8.self).trimmed
        return text.isEmpty ? nil : try AccessToken(text)
    }

    private static func tokenPath(_ variables: [String: String]) -> String {
        if let path = variables["HF_TOKEN_PATH"].nonEmpty { return path }
        let cache =
            variables["XDG_CACHE_HOME"].nonEmpty ?? "\(variables["HOME"].nonEmpty ?? "~")/.cache"
        return (variables["HF_HOME"].nonEmpty ?? "\(cache)/huggingface") + "/token"
    }
}

extension String? {
    /// The text without white space around it, or nil where nothing is left.
    fileprivate var nonEmpty: String? {
        guard let text = self?.trimmed, !text.isEmpty else { return nil }
        return text
    }
}
