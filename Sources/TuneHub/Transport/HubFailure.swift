import Foundation
import TuneBase

/// What a request was for, in the words of its error.
struct Purpose {
    /// After "could not": `create the repository me/model`.
    let action: String
    /// The repository it concerns, if any.
    var repository: RepositoryID?
    /// Whether the server is the Hub itself rather than a store that it names.
    var isOfHub = true

    /// The error for an answer that is no success.
    ///
    /// - Parameters:
    ///   - response: The answer.
    ///   - token: What must not appear in the error.
    /// - Returns: What happened, and what to do.
    func error(for response: HTTPResponse, hiding token: AccessToken?) -> TuneError {
        let (code, reason, remedy) = isOfHub ? explanation(response.status) : storeExplanation
        let message =
            token.map { $0.redacted(from: response.serverMessage) } ?? response.serverMessage
        let quote = message.isEmpty ? "" : " The server says: \(message)"
        return TuneError(
            code, "Could not \(action): \(reason) (HTTP \(response.status)).\(quote)",
            remedy: remedy)
    }

    /// The error for a request without an answer.
    func error(for failure: TransportFailure, host: String) -> TuneError {
        let problem = failure.problem
        switch failure.kind {
        case .network, .other:
            return TuneError(
                .unavailable, "Could not \(action): \(host) did not answer (\(problem)).",
                remedy: "Check the network and HF_ENDPOINT, then try again.")
        case .certificate:
            return TuneError(
                .badConfig,
                "Could not \(action): the certificate of \(host) is not trusted (\(problem)).",
                remedy: "Set SSL_CERT_FILE to the certificates of your network.")
        case .cancelled:
            return TuneError(.interrupted, "Could not \(action): it was interrupted.")
        case .body:
            return TuneError(
                .io,
                "Could not \(action): the file changed or could not be read meanwhile (\(problem)).",
                remedy: "Upload again when nothing writes to it.")
        case .noLibrary:
            return TuneError(
                .missingInput, "Could not \(action): libcurl is not installed.",
                remedy: "Install it, for instance with: apt install libcurl4")
        }
    }

    private func explanation(_ status: Int) -> (TuneError.Code, String, String) {
        let whose = repository.map { "to \($0)" } ?? "in your name"
        switch status {
        case 401:
            return (
                .badConfig, "the Hub does not accept the token",
                "Make one that may write at \(tokenPage) and set HF_TOKEN, or hub_token, to it."
            )
        case 402, 403:
            return (
                .badConfig, "the token may not write \(whose)",
                "Take a token that may write there (\(tokenPage)), or another repository (hub_model_id)."
            )
        case 404:
            return (
                .missingInput, "there is no such repository or branch, or the token may not see it",
                "Check the name of the repository (hub_model_id) and of the branch (hub_revision)."
            )
        case 409, 412:
            return (
                .unavailable, "somebody else is changing the same", "Try again."
            )
        case 413:
            return (
                .badData, "the upload is too large for the Hub", "Upload fewer or smaller files."
            )
        case 429:
            return (.unavailable, "too many requests", "Wait some minutes and try again.")
        case 500...: return (.unavailable, "the Hub has a problem", "Try again later.")
        case 300..<400:
            return (
                .badConfig, "the Hub sends the request to another place",
                "Check the name of the repository, which may have been renamed, and HF_ENDPOINT."
            )
        default:
            return (
                .failed, "the Hub refused", "Correct what it says, or report it with this message."
            )
        }
    }

    private var storeExplanation: (TuneError.Code, String, String) {
        (.unavailable, "the store for large files refused", "Try again later.")
    }
}

extension HTTPResponse {
    /// What the server says of a failure, in one line of 300 characters at most; it is untrusted.
    var serverMessage: String {
        let text = headers["x-error-message"] ?? messageInBody ?? ""
        let line = text.split(whereSeparator: \.isNewline).joined(separator: " ")
        return strippingControlCharacters(String(line.prefix(300)))
    }

    private var messageInBody: String? {
        guard let json = try? JSONValue(parsing: body, source: "") else { return nil }
        if let error = json["error"]?.string ?? json["message"]?.string { return error }
        let errors = json["errors"]?.array?.compactMap { $0["message"]?.string } ?? []
        return errors.isEmpty ? nil : errors.joined(separator: "; ")
    }
}
