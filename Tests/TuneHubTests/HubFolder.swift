import Foundation
import Testing
import TuneBase
import TuneHub
import TuneTestSupport

/// A Hub, a client of it that waits shortly, and a folder to upload.
struct HubFolder {
    let hub: FakeHub
    let client: HubClient
    let directory: URL
    var repository: RepositoryID { get throws { try RepositoryID("tester/model") } }

    /// Starts a Hub with the repository `tester/model`, and removes everything afterwards.
    static func run(
        files: [String: Data] = [:], attempts: Int = 4,
        _ body: (HubFolder) throws -> Void
    ) throws {
        let directory = FileManager.default.temporaryDirectory
            .appendingPathComponent("hub-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        let hub = try FakeHub()
        let folder = HubFolder(
            hub: hub, client: try client(of: hub, attempts: attempts), directory: directory)
        for (path, content) in files { try folder.write(path, content) }
        _ = try folder.client.createRepository(named: "model")
        try body(folder)
    }

    /// A client that waits shortly.
    static func client(
        of hub: FakeHub, token: String? = nil, attempts: Int = 4,
        cancellation: Cancellation = Cancellation()
    ) throws -> HubClient {
        try HubClient(
            token: token, environment: HubEnvironment(hub.environment),
            cancellation: cancellation,
            retries: RetryPolicy(attempts: attempts, firstWait: 0.01, longestWait: 0.05))
    }

    func write(_ path: String, _ content: Data) throws {
        let file = directory.appendingPathComponent(path)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try content.write(to: file)
    }

    @discardableResult
    func upload(message: String = "Add files") throws -> HubCommit {
        try client.uploadFolder(directory, to: repository, message: message)
    }

    /// Whether the repository's branch holds exactly these files.
    func expect(_ files: [String: Data], branch: String = "main") throws {
        let found = try #require(try hub.branch(branch, of: "tester/model"))
        #expect(found.files.keys.sorted() == files.keys.sorted())
        for (path, content) in files {
            #expect(try hub.content(path, of: "tester/model", branch: branch) == content)
        }
    }
}

/// Bytes without a pattern, the same for the same seed.
func bytes(_ count: Int, seed: UInt64 = 1) -> Data {
    var state = seed
    return Data(
        (0..<count).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return UInt8(truncatingIfNeeded: state >> 33)
        })
}
