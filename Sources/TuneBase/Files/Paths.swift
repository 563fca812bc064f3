import Foundation

/// A path with `~` at its beginning replaced by the home directory.
public func expandingTilde(_ path: String) -> String { (path as NSString).expandingTildeInPath }
