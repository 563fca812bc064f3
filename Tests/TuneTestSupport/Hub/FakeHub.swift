public import Foundation
import Synchronization
public import TuneBase

/// A Hub on this computer (`fake_hub.py`), which keeps what is committed and fails when told to.
public final class FakeHub: Sendable {
    /// What a request meets instead of its answer.
    public enum Fault: Sendable {
        /// An answer with this status and message.
        case status(Int, String = "a fault", headers: JSONObject = [:])
        /// The connection ends once so many bytes of the body have come.
        case cut(after: Int = 0)
        /// The request is carried out, and the connection ends without an answer.
        case loseAnswer
    }

    /// A branch of a repository.
    public struct Branch: Sendable {
        /// Whether the repository is private.
        public let isPrivate: Bool
        /// The commits' messages, oldest first.
        public let messages: [String]
        /// The paths each of them changed.
        public let changes: [[String]]
        /// The SHA-256 of every file by its path.
        public let files: [String: String]
    }

    /// The token that it knows.
    public static let token = "hf_test"
    /// Its address.
    public let endpoint: String

    private let process: Process
    private let input: FileHandle
    private let output: FileHandle
    private let turn = Mutex(())

    /// Starts it.
    ///
    /// - Throws: An error when there is no python3.
    public init() throws {
        process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("fake_hub.py")
        process.arguments = ["python3", "-S", script.path]
        let (toChild, fromChild) = (Pipe(), Pipe())
        (process.standardInput, process.standardOutput) = (toChild, fromChild)
        (input, output) = (toChild.fileHandleForWriting, fromChild.fileHandleForReading)
        try process.run()
        endpoint = try Self.document(from: output)["hub"]?.string ?? ""
    }

    deinit {
        // It ends with its input.
        try? input.close()
        process.waitUntilExit()
    }

    /// The variables that lead a client here.
    public var environment: [String: String] { ["HF_ENDPOINT": endpoint, "HF_TOKEN": Self.token] }

    /// Makes requests fail.
    ///
    /// - Parameters:
    ///   - fault: How.
    ///   - path: What their paths contain.
    ///   - method: Their method; any if empty.
    ///   - times: How many of them.
    ///   - skip: How many go through before.
    /// - Throws: An error when the Hub has ended.
    public func inject(
        _ fault: Fault, into path: String, method: String = "", times: Int = 1,
        skipping skip: Int = 0
    ) throws {
        var members = JSONObject([
            ("path", .string(path)), ("method", .string(method)), ("times", .int(times)),
            ("skip", .int(skip)),
        ])
        switch fault {
        case .status(let status, let message, let headers):
            members["kind"] = "status"
            (members["status"], members["message"]) = (.int(status), .string(message))
            members["headers"] = .object(headers)
        case .cut(let count): (members["kind"], members["bytes"]) = ("cut", .int(count))
        case .loseAnswer: members["kind"] = "lose"
        }
        try ask(["do": "fault", "fault": .object(members)])
    }

    /// Sends large files in parts of this size; 0 sends them in one piece.
    public func useParts(of size: Int) throws { try set("chunk_size", .int(size)) }

    /// The token that is accepted from now on.
    public func accept(token: String) throws { try set("token", .string(token)) }

    private func set(_ name: String, _ value: JSONValue) throws {
        try ask(["do": "set", "values": .object(JSONObject([(name, value)]))])
    }

    /// A branch; nil where there is none.
    public func branch(_ branch: String = "main", of repository: String) throws -> Branch? {
        let answer = try ask([
            "do": "repository", "repository": .string(repository), "branch": .string(branch),
        ])
        guard let found = answer.object else { return nil }
        let commits = found["commits"]?.array ?? []
        let files = (found["files"]?.object ?? [:]).members.map { ($0.key, $0.value.string ?? "") }
        return Branch(
            isPrivate: found["private"]?.bool ?? false,
            messages: commits.compactMap { $0["message"]?.string },
            changes: commits.map { ($0["paths"]?.array ?? []).compactMap(\.string) },
            files: Dictionary(uniqueKeysWithValues: files))
    }

    /// The content of a file.
    public func content(
        _ path: String, of repository: String, branch: String = "main"
    ) throws -> Data {
        let answer = try ask([
            "do": "content", "repository": .string(repository), "branch": .string(branch),
            "path": .string(path),
        ])
        return answer.string.flatMap { Data(base64Encoded: $0) } ?? Data()
    }

    /// Every request so far: `method`, `path`, `size`, `authorized`, and `store` where it went to
    /// the host of large files.
    public func requests() throws -> [JSONValue] { try ask(["do": "requests"]).array ?? [] }

    @discardableResult
    private func ask(_ command: JSONValue) throws -> JSONValue {
        try turn.withLock { _ in
            try input.write(contentsOf: Data((command.serialized() + "\n").utf8))
            return try Self.document(from: output)
        }
    }

    private static func document(from handle: FileHandle) throws -> JSONValue {
        var line = Data()
        while line.last != UInt8(ascii: "\n") {
            let piece = handle.availableData
            if piece.isEmpty { throw TuneError(.failed, "The fake Hub has ended.") }
            line += piece
        }
        return try JSONValue(parsing: line, source: "the fake Hub")
    }
}
