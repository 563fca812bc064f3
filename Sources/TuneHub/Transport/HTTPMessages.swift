import Foundation

/// A request to a server.
struct HTTPRequest {
    /// What it carries.
    enum Body {
        case none
        case data(Data)
        /// A range of a file, read while it is sent.
        case file(URL, offset: Int, size: Int)

        var size: Int {
            switch self {
            case .none: 0
            case .data(let data): data.count
            case .file(_, _, let size): size
            }
        }
    }

    var method: String
    var url: URL
    var headers: [(name: String, value: String)] = []
    var body = Body.none

    init(_ method: String, _ url: URL, body: Body = .none, type: String? = nil) {
        (self.method, self.url, self.body) = (method, url, body)
        if let type { headers.append(("Content-Type", type)) }
    }
}

/// What a server answered.
struct HTTPResponse {
    let status: Int
    /// By lower-case names.
    let headers: [String: String]
    let body: Data

    var isSuccess: Bool { (200..<300).contains(status) }
}

/// Scheme, host and port: what a token is meant for.
struct Origin: Hashable {
    let scheme: String
    let host: String
    let port: Int

    /// nil for anything but an http address.
    init?(_ url: URL) {
        guard let scheme = url.scheme?.lowercased(), let host = url.host?.lowercased(),
            ["http", "https"].contains(scheme), !host.isEmpty
        else { return nil }
        (self.scheme, self.host) = (scheme, host)
        port = url.port ?? (scheme == "https" ? 443 : 80)
    }

    var isLoopback: Bool { ["localhost", "127.0.0.1", "::1", "[::1]"].contains(host) }
}
