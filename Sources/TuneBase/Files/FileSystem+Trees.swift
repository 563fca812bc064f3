public import Foundation

extension FileSystem {
    /// What is at a path, a symbolic link being itself; nil when nothing is.
    public func status(_ file: URL) throws -> FileStatus? {
        try status(file, followingLinks: false)
    }

    /// Makes a directory with its parents; an existing one, or a link to one, is kept.
    public func createDirectories(_ directory: URL) throws {
        do {
            try createDirectory(directory)
        } catch let error as FileError where error.number == ENOENT {
            let parent = directory.deletingLastPathComponent()
            guard parent.path != directory.path else { throw error }
            try createDirectories(parent)
            try createDirectories(directory)
        } catch let error as FileError where error.number == EEXIST {
            guard try status(directory, followingLinks: true)?.kind == .directory else {
                throw error
            }
        }
    }

    /// Removes whatever is at a path with everything in it; nothing there is no error.
    ///
    /// Symbolic links are removed, not followed.
    public func removeTree(_ file: URL) throws {
        guard let kind = try status(file)?.kind else { return }
        guard kind == .directory else { return try removeFile(file) }
        for name in try list(file).sorted() { try removeTree(file.appendingPathComponent(name)) }
        try removeDirectory(file)
    }

    /// Everything below a directory that is no directory, by its path from there, with its status.
    public func tree(_ directory: URL) throws -> [String: FileStatus] {
        var found: [String: FileStatus] = [:]
        try visit(directory, "") { found[$0] = $1 }
        return found
    }

    /// The directories below a directory by their paths from there, inner ones before outer ones.
    public func directories(below directory: URL) throws -> [String] {
        var found: [String] = []
        try visit(directory, "", visitingDirectories: true) {
            if $1.kind == .directory { found.append($0) }
        }
        return found
    }

    private func visit(
        _ directory: URL, _ prefix: String, visitingDirectories: Bool = false,
        _ body: (String, FileStatus) -> Void
    ) throws {
        for name in try list(directory).sorted() {
            let file = directory.appendingPathComponent(name)
            guard let status = try status(file) else { continue }
            guard status.kind == .directory else {
                body(prefix + name, status)
                continue
            }
            try visit(
                file, "\(prefix)\(name)/", visitingDirectories: visitingDirectories, body)
            if visitingDirectories { body(prefix + name, status) }
        }
    }
}
