import CTuneCurl
import Foundation
import TuneBase

/// A request that got no answer.
struct TransportFailure: Error {
    enum Kind { case network, certificate, cancelled, body, other, noLibrary }

    let kind: Kind
    let problem: String
}

/// Sends requests over the network, each over a connection of its own.
struct CurlTransport: Sendable {
    /// Seconds until a connection stands.
    var connectSeconds = 30
    /// Seconds that may pass without a byte.
    var stallSeconds = 120
    var certificates: String?
    let cancellation: Cancellation

    /// Answers of a Hub are short.
    private static let responseLimit = 64 << 20

    /// Sends a request and waits for the answer, whatever its status.
    ///
    /// - Throws: `TransportFailure` where there is none.
    func send(_ request: HTTPRequest) throws -> HTTPResponse {
        switch request.body {
        case .none: try send(request, UnsafeRawBufferPointer(start: nil, count: 0))
        case .data(let data): try Array(data).withUnsafeBytes { try send(request, $0) }
        case .file(let file, let offset, let size):
            try withDescriptor(of: file) { try send(request, $0, offset, size) }
        }
    }

    private func send(
        _ request: HTTPRequest, _ bytes: UnsafeRawBufferPointer
    ) throws -> HTTPResponse {
        // An empty body has an address too, so that its length is told.
        let empty = UnsafeRawPointer(bitPattern: 1)
        let isNone = if case .none = request.body { true } else { false }
        return try perform(request) {
            ($0.body, $0.body_descriptor) = (isNone ? nil : bytes.baseAddress ?? empty, -1)
            $0.body_size = Int64(bytes.count)
        }
    }

    private func send(
        _ request: HTTPRequest, _ descriptor: Int32, _ offset: Int, _ size: Int
    ) throws -> HTTPResponse {
        try perform(request) {
            ($0.body, $0.body_descriptor) = (UnsafeRawPointer(bitPattern: 1), descriptor)
            ($0.body_offset, $0.body_size) = (Int64(offset), Int64(size))
        }
    }

    private func withDescriptor<Result>(
        of file: URL, _ body: (Int32) throws -> Result
    ) throws -> Result {
        let descriptor = open(file.path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw TransportFailure(kind: .body, problem: String(cString: strerror(errno)))
        }
        defer { close(descriptor) }
        return try body(descriptor)
    }

    private func perform(
        _ request: HTTPRequest, _ setBody: (inout tune_request) -> Void
    ) throws -> HTTPResponse {
        let lines = request.headers.map { "\($0.name): \($0.value)" }
        let isDirect = Origin(request.url)?.isLoopback == true
        var response = tune_response()
        defer { tune_release(&response) }
        withCStrings([request.method, request.url.absoluteString] + lines) { words in
            withOptionalCString(certificates) { certificates in
                withOptionalCString(isDirect ? "*" : nil) { direct in
                    words[2...].withUnsafeBufferPointer { headers in
                        var raw = tune_request()
                        (raw.method, raw.url) = (words[0], words[1])
                        (raw.headers, raw.header_count) = (headers.baseAddress, headers.count)
                        (raw.certificates, raw.direct_hosts) = (certificates, direct)
                        setLimits(&raw, request.body.size)
                        setBody(&raw)
                        tune_send(&raw, &response)
                    }
                }
            }
        }
        return try answer(response)
    }

    private func setLimits(_ raw: inout tune_request, _ size: Int) {
        (raw.connect_seconds, raw.stall_seconds) = (connectSeconds, stallSeconds)
        // Ten minutes, and what the body takes at 100 kB/s.
        raw.total_seconds = 600 + size / 100_000
        raw.response_limit = Self.responseLimit
        raw.context = Unmanaged.passUnretained(cancellation).toOpaque()
        raw.is_cancelled = { context in
            context.map {
                Unmanaged<Cancellation>.fromOpaque($0).takeUnretainedValue().isRequested
            } ?? false
        }
    }

    private func answer(_ response: tune_response) throws -> HTTPResponse {
        guard response.outcome == TUNE_ANSWERED else { throw failure(response) }
        let head = text(response.headers, response.header_size)
        let body = response.body.map { Data(bytes: $0, count: response.body_size) } ?? Data()
        return HTTPResponse(status: response.status, headers: headers(in: head), body: body)
    }

    private func failure(_ response: tune_response) -> TransportFailure {
        let kind: TransportFailure.Kind =
            switch response.outcome {
            case TUNE_NETWORK: .network
            case TUNE_CERTIFICATE: .certificate
            case TUNE_CANCELLED: .cancelled
            case TUNE_BODY: .body
            case TUNE_NO_LIBRARY: .noLibrary
            default: .other
            }
        let problem = withUnsafeBytes(of: response.problem) { bytes in
            String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
        return TransportFailure(kind: kind, problem: problem)
    }
}

/// The lines of an answer's head by lower-case names.
private func headers(in head: String) -> [String: String] {
    var result: [String: String] = [:]
    for line in head.split(whereSeparator: \.isNewline).dropFirst() {
        guard let colon = line.firstIndex(of: ":") else { continue }
        result[line[..<colon].lowercased()] = String(line[line.index(after: colon)...]).trimmed
    }
    return result
}

private func text(_ bytes: UnsafeMutablePointer<CChar>?, _ count: Int) -> String {
    guard let bytes else { return "" }
    return String(decoding: UnsafeRawBufferPointer(start: bytes, count: count), as: UTF8.self)
}

private func withOptionalCString<Result>(
    _ text: String?, _ body: (UnsafePointer<CChar>?) throws -> Result
) rethrows -> Result {
    guard let text else { return try body(nil) }
    return try text.withCString(body)
}

/// Texts as C knows them, while `body` runs.
private func withCStrings(_ texts: [String], _ body: ([UnsafePointer<CChar>?]) -> Void) {
    var found: [UnsafePointer<CChar>?] = []
    func next(_ rest: ArraySlice<String>) {
        guard let first = rest.first else { return body(found) }
        first.withCString {
            found.append($0)
            next(rest.dropFirst())
        }
    }
    next(texts[...])
}
