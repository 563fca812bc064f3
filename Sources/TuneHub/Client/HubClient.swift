public import Foundation
import Logging
public import TuneBase

/// The Hub, as one account sees it.
///
///     let hub = try HubClient()
///     let repository = try hub.createRepository(named: "my-model", isPrivate: true)
///     try hub.uploadFolder(folder, to: repository, message: "Add a model")
///
/// Calls block until they are done. Requests that fail for a passing reason (network, status 429
/// and 5xx) are sent again, after the wait that the server asks for. The token goes to the Hub's
/// own address only, and into no message. Python's `HfApi`.
public struct HubClient: Sendable {
    /// Where the Hub is.
    public let endpoint: URL
    let token: AccessToken
    let transport: CurlTransport
    let retries: RetryPolicy
    let logger = Logger(label: "finetune.hub")

    /// Opens the Hub for an account.
    ///
    /// - Parameters:
    ///   - token: The account's token; nil takes that of the environment.
    ///   - environment: Address and token; nil reads the variables of this process.
    ///   - cancellation: Ends what the client is doing.
    /// - Throws: `TuneError` when there is no token, or the environment forbids the network.
    public init(
        token: String? = nil, environment: HubEnvironment? = nil,
        cancellation: Cancellation = Cancellation()
    ) throws {
        try self.init(
            token: token, environment: environment, cancellation: cancellation,
            retries: RetryPolicy())
    }

    /// Opens the Hub with other waits.
    package init(
        token: String? = nil, environment: HubEnvironment? = nil,
        cancellation: Cancellation = Cancellation(), retries: RetryPolicy
    ) throws {
        let environment = try environment ?? HubEnvironment()
        guard !environment.isOffline else {
            throw TuneError(
                .badConfig, "HF_HUB_OFFLINE forbids the network, which the Hub is behind.",
                remedy: "Unset HF_HUB_OFFLINE, or leave out push_to_hub.")
        }
        guard let token = try token.map(AccessToken.init) ?? environment.token else {
            throw TuneError(
                .badConfig, "There is no token for the Hub.",
                remedy:
                    "Make one that may write at \(tokenPage) and set HF_TOKEN, or hub_token, to it."
            )
        }
        (self.endpoint, self.token, self.retries) = (environment.endpoint, token, retries)
        transport = CurlTransport(
            certificates: environment.certificates, cancellation: cancellation)
    }

    /// The name of the token's user.
    ///
    /// - Throws: `TuneError` when the Hub does not know the token or does not answer.
    public func userName() throws -> String {
        let purpose = Purpose(action: "ask the Hub whose token it is")
        guard let name = try json(request("GET", "api/whoami-v2"), purpose)["name"]?.string else {
            throw malformed(purpose)
        }
        return name
    }

    /// Makes sure that a repository for a model exists.
    ///
    /// - Parameters:
    ///   - name: Its name; one without a namespace is one of the user's own.
    ///   - isPrivate: Whether only its owner sees it; nil leaves it to the settings of the
    ///     namespace. No effect on a repository that exists.
    /// - Returns: The full name.
    /// - Throws: `TuneError` when the name cannot be, or the token may not create it there.
    public func createRepository(named name: String, isPrivate: Bool? = nil) throws -> RepositoryID
    {
        try createRepository(RepositoryID(name), isPrivate: isPrivate)
    }

    /// Makes sure that a repository for a model exists; see ``createRepository(named:isPrivate:)``.
    public func createRepository(
        _ name: RepositoryID, isPrivate: Bool? = nil
    ) throws -> RepositoryID {
        let repository = name.namespace == nil ? try name.within(userName()) : name
        let purpose = Purpose(
            action: "create the repository \(repository)", repository: repository)
        var members = JSONObject([
            ("name", .string(repository.name)),
            ("organization", repository.namespace.map(JSONValue.string) ?? .null),
            ("type", "model"),
        ])
        if let isPrivate { members["visibility"] = isPrivate ? "private" : "public" }
        let response = try creation(.object(members), purpose)
        if response.isSuccess || response.status == 409 { return repository }
        // Tokens of a narrow scope may not create, but perhaps write to what is there.
        if [401, 402, 403].contains(response.status), try exists(repository) { return repository }
        throw purpose.error(for: response, hiding: token)
    }

    /// Asks for a repository; the Hub makes one at a time for each user and says so with status 409,
    /// as it does of one that exists.
    private func creation(_ members: JSONValue, _ purpose: Purpose) throws -> HTTPResponse {
        var tries = 0
        while true {
            tries += 1
            let response = try answer(
                to: request("POST", "api/repos/create", json: members), purpose)
            guard response.status == 409, response.serverMessage.contains("conflicting operation"),
                tries < retries.attempts, let wait = retries.wait(after: tries, requested: nil)
            else { return response }
            try pause(wait, "another repository is being created", purpose)
        }
    }

    /// Makes sure that a branch exists; a new one begins at the head of `main`.
    ///
    /// - Throws: `TuneError` when the name cannot be, or the token may not create it.
    public func createBranch(_ branch: String, of repository: RepositoryID) throws {
        try checkBranchName(branch)
        guard branch != mainBranch, !branch.hasPrefix("refs/") else { return }
        let purpose = Purpose(
            action: "create the branch '\(branch)' of \(repository)", repository: repository)
        let response = try answer(
            to: request(
                "POST", "api/models/\(repository)/branch/\(quoted(branch))", json: .object([:])),
            purpose)
        guard !response.isSuccess, response.status != 409 else { return }
        if response.status == 403, try exists(repository, revision: branch) { return }
        throw purpose.error(for: response, hiding: token)
    }

    /// Where people see a repository.
    public func page(of repository: RepositoryID, revision: String = "main") -> URL {
        let page = endpoint.appendingPathComponent("\(repository)")
        guard revision != mainBranch else { return page }
        return page.appendingPathComponent("tree").appendingPathComponent(revision)
    }

    private func exists(_ repository: RepositoryID, revision: String? = nil) throws -> Bool {
        let tail = revision.map { "/revision/\(quoted($0))" } ?? ""
        return try answer(
            to: request("GET", "api/models/\(repository)\(tail)"),
            Purpose(action: "look for the repository \(repository)", repository: repository)
        ).isSuccess
    }
}

/// The branch that every repository has.
let mainBranch = "main"

/// A text as one part of a path; not even `/` stays.
func quoted(_ text: String) -> String {
    let plain = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~".utf8)
    return text.utf8.map {
        plain.contains($0)
            ? String(UnicodeScalar($0))
            : "%" + ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true)
    }.joined()
}
