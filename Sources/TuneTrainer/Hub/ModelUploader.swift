public import Foundation
public import TuneBase

/// Brings models to where others find them: what a ``Trainer`` with `pushToHub` needs.
///
/// `HubUploader` of FineTuneKit goes to the Hugging Face Hub. Calls come from a thread of the
/// trainer, one after the other, and block until they are done.
public protocol ModelUploader: Sendable {
    /// Makes sure that a repository exists and may be written to.
    ///
    /// - Returns: Its full name.
    /// - Throws: `TuneError`; with the code `unavailable` where the reason may pass.
    func prepare(_ repository: UploadRepository, _ cancellation: Cancellation) throws -> String

    /// Uploads a folder as one commit.
    ///
    /// - Throws: `TuneError` that says what to do.
    func upload(_ folder: UploadFolder, _ cancellation: Cancellation) throws -> UploadedCommit
}

/// The repository that a training uploads to.
public struct UploadRepository: Sendable {
    /// `user/model`; or `model`, which leaves the user to the uploader.
    public var name: String
    /// The branch; nil for the main one.
    public var revision: String?
    /// Whether a new repository is private; nil leaves that to the uploader.
    public var isPrivate: Bool?
    /// The token, which belongs into no message; nil leaves it to the uploader.
    public var token: String?

    /// Creates a description of a repository.
    public init(
        _ name: String, revision: String? = nil, isPrivate: Bool? = nil, token: String? = nil
    ) {
        (self.name, self.revision) = (name, revision)
        (self.isPrivate, self.token) = (isPrivate, token)
    }
}

extension UploadRepository: CustomStringConvertible, CustomReflectable {
    /// The name.
    public var description: String { name }
    /// Everything but the token.
    public var customMirror: Mirror {
        Mirror(
            self,
            children: [
                "name": name, "revision": revision as Any, "isPrivate": isPrivate as Any,
            ])
    }
}

/// A folder on its way to a repository; nothing changes in it meanwhile.
public struct UploadFolder: Sendable {
    /// Where it goes; the name is the full one.
    public let repository: UploadRepository
    /// The folder, all of which is meant.
    public let url: URL
    /// The folder in the repository; empty for its root.
    public let path: String
    /// What the commit says.
    public let message: String
}

/// What an upload came to.
public struct UploadedCommit: Sendable, Equatable {
    /// The commit's identity; nil where the repository had everything already.
    public let oid: String?
    /// Where people see it.
    public let url: String
    /// How many files were sent.
    public let files: Int
    /// How many bytes they have.
    public let bytes: Int

    /// Creates a description of an upload.
    public init(oid: String?, url: String, files: Int, bytes: Int) {
        (self.oid, self.url, self.files, self.bytes) = (oid, url, files, bytes)
    }
}

/// What came of the uploads of a trainer so far.
public struct PushReport: Sendable, Equatable {
    /// The full name of the repository, once it is known.
    public internal(set) var repository: String?
    /// Uploads that succeeded.
    public internal(set) var done = 0
    /// Checkpoints that were not uploaded because the upload before them still ran.
    public internal(set) var skipped = 0
    /// Uploads that failed.
    public internal(set) var failed = 0
    /// Where people see the latest upload.
    public internal(set) var url: String?
    /// What went wrong the last time, with what to do; nil where a later upload succeeded.
    public internal(set) var problem: String?

    /// Nothing uploaded yet.
    public init() {}

    /// What an end table says of it; nothing where nothing was tried.
    public var facts: [String] {
        guard done + failed + skipped > 0 else { return [] }
        let counts = [(done, "uploaded"), (skipped, "skipped"), (failed, "failed")]
            .filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
        return [problem.map { "NOT UP TO DATE: \($0)" } ?? url ?? "", counts]
    }
}
