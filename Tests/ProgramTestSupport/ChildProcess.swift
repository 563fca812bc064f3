public import Foundation

/// What a program did.
public struct ProgramOutcome: Sendable {
    /// The exit code.
    public let code: Int32
    /// The standard output.
    public let output: String
    /// The standard error.
    public let errors: String

    /// The lines of the standard output.
    public var lines: [String] { output.split(separator: "\n").map(String.init) }
}

/// Runs a product of this package and waits for it.
///
/// - Parameters:
///   - name: The name of the product: `finetune`, or an example.
///   - arguments: Its arguments.
///   - input: What it reads from the standard input.
///   - directory: Where it runs; nil for the directory of the tests.
///   - environment: Variables to add or change.
/// - Returns: Exit code and texts.
/// - Throws: An error when the program cannot be started.
public func runProgram(
    _ name: String, _ arguments: [String], input: String = "", in directory: URL? = nil,
    environment: [String: String] = [:]
) throws -> ProgramOutcome {
    let scratch = try TemporaryDirectory()
    let process = Process()
    process.executableURL = productsDirectory.appendingPathComponent(name)
    process.arguments = arguments
    // Tests run side by side; more threads in each would only wait for each other.
    process.environment = ProcessInfo.processInfo.environment
        .merging(["OMP_NUM_THREADS": "1"]) { $1 }.merging(environment) { $1 }
    if let directory { process.currentDirectoryURL = directory }
    // Files, not pipes: a full pipe would block the child while its other pipe is read.
    let (stdin, stdout, stderr) = (scratch.file("in"), scratch.file("out"), scratch.file("err"))
    try Data(input.utf8).write(to: stdin)
    for file in [stdout, stderr] { try Data().write(to: file) }
    process.standardInput = try FileHandle(forReadingFrom: stdin)
    process.standardOutput = try FileHandle(forWritingTo: stdout)
    process.standardError = try FileHandle(forWritingTo: stderr)
    try process.run()
    process.waitUntilExit()
    return ProgramOutcome(
        code: process.terminationStatus,
        output: String(decoding: try Data(contentsOf: stdout), as: UTF8.self),
        errors: String(decoding: try Data(contentsOf: stderr), as: UTF8.self))
}

/// Where the build puts programs: next to the test bundle.
private let productsDirectory: URL = {
    let bundles = Bundle.allBundles.map(\.bundleURL).filter { $0.pathExtension == "xctest" }
    let executable = Bundle.main.executableURL ?? Bundle.main.bundleURL
    return (bundles.first ?? executable).deletingLastPathComponent()
}()

/// A directory that is removed with its last reference.
public final class TemporaryDirectory: Sendable {
    /// Where it is.
    public let url: URL

    /// Creates it.
    public init() throws {
        url = FileManager.default.temporaryDirectory
            .appendingPathComponent("finetune-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    /// The path of a file in it.
    public func path(_ name: String) -> String { file(name).path }

    /// A file in it.
    public func file(_ name: String) -> URL { url.appendingPathComponent(name) }

    /// Writes a text file and returns its path.
    @discardableResult
    public func write(_ name: String, _ text: String) throws -> String {
        let target = file(name)
        try FileManager.default.createDirectory(
            at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: target)
        return target.path
    }

    /// The text of a file in it.
    public func read(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: file(name)), as: UTF8.self)
    }

    /// Whether it holds a file or directory of this name.
    public func contains(_ name: String) -> Bool {
        FileManager.default.fileExists(atPath: path(name))
    }
}
