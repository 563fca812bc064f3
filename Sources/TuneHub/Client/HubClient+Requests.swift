import Foundation
import Logging
import TuneBase

extension HubClient {
    /// A request to the Hub.
    ///
    /// - Parameters:
    ///   - method: `GET` or `POST`.
    ///   - path: What follows the endpoint, quoted.
    ///   - json: What it carries.
    /// - Returns: The request, without the token.
    /// - Throws: `TuneError` for a path that is none.
    func request(_ method: String, _ path: String, json: JSONValue? = nil) throws -> HTTPRequest {
        guard let url = URL(string: "\(endpoint.absoluteString)/\(path)") else {
            throw TuneError(.failed, "'\(path)' cannot be a part of an address.")
        }
        guard let json else { return HTTPRequest(method, url) }
        return HTTPRequest(
            method, url, body: .data(Data(json.serialized().utf8)), type: "application/json")
    }

    /// The document that the Hub answers with.
    ///
    /// - Throws: `TuneError` unless the answer is a success and JSON.
    func json(_ request: HTTPRequest, _ purpose: Purpose) throws -> JSONValue {
        let response = try answer(to: request, purpose)
        guard response.isSuccess else { throw purpose.error(for: response, hiding: token) }
        return try JSONValue(parsing: response.body, source: "the answer of the Hub")
    }

    /// Sends a request until it is answered, with a success or a refusal that is meant.
    ///
    /// - Returns: The answer; after the last try whatever it is.
    /// - Throws: `TuneError` where there is none.
    func answer(to request: HTTPRequest, _ purpose: Purpose) throws -> HTTPResponse {
        var tries = 0
        while true {
            tries += 1
            let response: HTTPResponse
            do {
                response = try send(request)
            } catch let failure as TransportFailure {
                guard failure.kind == .network, tries < retries.attempts else {
                    throw purpose.error(for: failure, host: request.url.host ?? "the server")
                }
                try pause(retries.wait(after: tries, requested: nil) ?? 0, failure.problem, purpose)
                continue
            }
            guard RetryPolicy.isTransient(response.status), tries < retries.attempts,
                let wait = retries.wait(after: tries, requested: response.requestedWait)
            else { return response }
            try pause(wait, "HTTP \(response.status)", purpose)
        }
    }

    /// Sends a request once, with the token if it goes to the Hub; a redirection within the Hub is
    /// followed.
    func send(_ request: HTTPRequest) throws -> HTTPResponse {
        var request = request
        request.headers.append(("User-Agent", "fine-tune/\(fineTuneVersion)"))
        for _ in 0..<5 {
            let response = try transport.send(authorized(request))
            guard [301, 302, 307, 308].contains(response.status),
                let target = redirection(response, of: request)
            else { return response }
            request.url = target
        }
        throw TransportFailure(kind: .other, problem: "too many redirections")
    }

    /// Waits, unless it is to end.
    func pause(_ seconds: Double, _ reason: String, _ purpose: Purpose) throws {
        logger.info(
            "Trying again in \(Int(seconds.rounded(.up))) s to \(purpose.action): \(reason).")
        let end = monotonicSeconds() + seconds
        while !transport.cancellation.isRequested {
            let rest = end - monotonicSeconds()
            guard rest > 0 else { return }
            Thread.sleep(forTimeInterval: min(rest, 0.05))
        }
        let failure = TransportFailure(kind: .cancelled, problem: "")
        throw purpose.error(for: failure, host: "")
    }

    private func authorized(_ request: HTTPRequest) -> HTTPRequest {
        guard let origin = Origin(request.url), origin == Origin(endpoint) else { return request }
        var result = request
        result.headers.append(("Authorization", "Bearer \(token.secret)"))
        return result
    }

    /// Where a redirection leads, if that is the Hub again: a repository that was renamed.
    private func redirection(_ response: HTTPResponse, of request: HTTPRequest) -> URL? {
        guard let text = response.headers["location"],
            let target = URL(string: text, relativeTo: request.url)?.absoluteURL,
            let origin = Origin(target), origin == Origin(request.url), origin == Origin(endpoint)
        else { return nil }
        return target
    }
}
