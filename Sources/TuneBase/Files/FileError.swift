public import Foundation

/// An operation of a file system that failed, with the system's reason.
public struct FileError: LocalizedError, CustomStringConvertible, Sendable {
    /// What was tried, as a verb with "cannot be": `written`, `renamed`.
    public let operation: String
    /// The path.
    public let path: String
    /// The system's error number (`errno`).
    public let number: Int32

    /// Creates an error.
    public init(_ operation: String, _ file: URL, _ number: Int32) {
        (self.operation, self.path, self.number) = (operation, file.path, number)
    }

    /// The system's words for the number.
    public var reason: String { String(cString: strerror(number)) }

    /// What happened to which path, and why.
    public var description: String { "\(path) cannot be \(operation): \(reason)." }

    /// What happened to which path, and why.
    public var errorDescription: String? { description }

    /// What the user can do.
    public var remedy: String {
        switch number {
        case ENOSPC, EDQUOT: "Free space on the disk, or choose a directory on another."
        case EACCES, EPERM: "Check its permissions, or choose another path."
        case EROFS: "The disk is read-only: choose a directory on another."
        case EMFILE, ENFILE: "Too many files are open: raise the limit (ulimit -n)."
        case ENOENT: "Check the path."
        case EIO: "The disk reports a defect: check it, and choose a directory on another."
        default: "Check the path, its permissions and free space."
        }
    }

    /// This error for the user, with an exit code.
    public func tuneError(_ code: TuneError.Code = .io) -> TuneError {
        TuneError(code, description, remedy: remedy, cause: self)
    }
}
