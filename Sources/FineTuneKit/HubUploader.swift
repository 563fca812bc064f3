public import TuneBase
import TuneHub
public import TuneTrainer

/// Brings a trainer's models to the Hugging Face Hub.
///
///     let trainer = try Trainer(
///         model: model, args: TrainingArguments("my-model", pushToHub: true),
///         trainDataset: train, uploader: HubUploader())
///
/// Address and token are those of the environment (`HF_ENDPOINT`, `HF_TOKEN`, the token of
/// `hf auth login`), unless the arguments have a token.
public struct HubUploader: ModelUploader {
    /// Creates an uploader; nothing is sent yet.
    public init() {}

    /// Makes sure that a repository, and its branch, exist.
    public func prepare(
        _ repository: UploadRepository, _ cancellation: Cancellation
    ) throws -> String {
        let hub = try HubClient(token: repository.token, cancellation: cancellation)
        let name = try hub.createRepository(
            named: repository.name, isPrivate: repository.isPrivate)
        if let branch = repository.revision { try hub.createBranch(branch, of: name) }
        return name.description
    }

    /// Uploads a folder as one commit.
    public func upload(
        _ folder: UploadFolder, _ cancellation: Cancellation
    ) throws -> UploadedCommit {
        let hub = try HubClient(token: folder.repository.token, cancellation: cancellation)
        let commit = try hub.uploadFolder(
            folder.url, to: RepositoryID(folder.repository.name), at: folder.path,
            revision: folder.repository.revision ?? "main", message: folder.message)
        return UploadedCommit(
            oid: commit.oid, url: commit.url, files: commit.paths.count, bytes: commit.bytes)
    }
}
