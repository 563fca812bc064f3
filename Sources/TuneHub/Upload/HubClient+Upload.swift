public import Foundation
public import TuneBase

/// What an upload came to.
public struct HubCommit: Sendable, Equatable {
    /// The commit's identity; nil where the repository had everything already.
    public let oid: String?
    /// Where people see it: the commit, or the repository.
    public let url: String
    /// The paths that were sent, in the repository.
    public let paths: [String]
    /// Bytes of these files.
    public let bytes: Int
}

extension HubClient {
    /// Uploads a folder as one commit; Python's `upload_folder`.
    ///
    /// Files that the repository has already are left out, and those that its `.gitignore` names;
    /// nothing is deleted. A commit that nobody knows the fate of, because the connection broke, is
    /// not made twice.
    ///
    /// - Parameters:
    ///   - folder: The folder; links to files in it are followed.
    ///   - repository: The full name of the repository.
    ///   - pathInRepository: The folder in the repository; empty for its root.
    ///   - revision: The branch.
    ///   - message: What the commit says.
    ///   - isIncluded: Which files go up, by their paths from the folder.
    /// - Returns: The commit.
    /// - Throws: `TuneError` when files cannot be read, or the Hub refuses or does not answer; the
    ///   repository is as it was then.
    @discardableResult
    public func uploadFolder(
        _ folder: URL, to repository: RepositoryID, at pathInRepository: String = "",
        revision: String = "main", message: String,
        where isIncluded: (String) -> Bool = { _ in true }
    ) throws -> HubCommit {
        try checkBranchName(revision)
        let files = try uploadFiles(in: folder, at: pathInRepository, where: isIncluded)
        guard !files.isEmpty else {
            throw TuneError(
                .missingInput, "There is nothing to upload in \(folder.path).",
                remedy: "Name a folder with files.")
        }
        var upload = Upload(
            hub: self, repository: repository, revision: revision,
            message: message.isEmpty ? "Upload files" : message, files: files)
        return try upload.run()
    }

    private func uploadFiles(
        in folder: URL, at prefix: String, where isIncluded: (String) -> Bool
    ) throws -> [UploadFile] {
        let parts = prefix.split(separator: "/").map { $0 + "/" }.joined()
        return try filePaths(in: folder).filter(isIncluded).map {
            try UploadFile(folder.appendingPathComponent($0), path: parts + $0)
        }
    }

    /// The files in a folder and links to files, without what tools for repositories keep there.
    private func filePaths(in folder: URL) throws -> [String] {
        let fileSystem = FileSystems.current
        do {
            guard try fileSystem.status(folder, followingLinks: true)?.kind == .directory else {
                throw TuneError(
                    .missingInput, "There is no folder \(folder.path).", remedy: "Check the path.")
            }
            return try fileSystem.tree(folder.resolvingSymlinksInPath()).filter { path, status in
                let file = folder.appendingPathComponent(path)
                return try !isOfTools(path)
                    && (status.kind == .file
                        || fileSystem.status(file, followingLinks: true)?.kind == .file)
            }.map(\.key).sorted()
        } catch let error as FileError {
            throw error.tuneError()
        }
    }

    private func isOfTools(_ path: String) -> Bool {
        let parts = path.split(separator: "/")
        return parts.contains(".git")
            || zip(parts, parts.dropFirst()).contains { $0 == ".cache" && $1 == "huggingface" }
    }
}
