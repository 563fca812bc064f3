import Foundation
import Testing
import TuneBase
import TuneHub
import TuneTestSupport

@Suite struct UploadTests {
    private static let files = [
        "config.json": Data(#"{"model_type": "bert"}"#.utf8), "model.safetensors": bytes(100_000),
        "README.md": Data("---\nlicense: mit\n---\n# Grüße\n".utf8), "empty.txt": Data(),
        "empty.bin": Data(), "runs/one/events.out.tfevents.1": bytes(700, seed: 3),
        "long.txt": Data(String(repeating: "a long text\n", count: 100_001).utf8),
    ]

    @Test func aFolderIsOneCommit() throws {
        try HubFolder.run(files: Self.files) { folder in
            let commit = try folder.upload(message: "Zwei \"Worte\"\n")
            try folder.expect(Self.files)
            let branch = try #require(try folder.hub.branch(of: "tester/model"))
            #expect(branch.messages == ["Zwei \"Worte\"\n"])
            #expect(commit.paths == Self.files.keys.sorted())
            #expect(commit.bytes == Self.files.values.reduce(0) { $0 + $1.count })
            let oid = try #require(commit.oid)
            #expect(commit.url.hasSuffix("/tester/model/commit/\(oid)"))
        }
    }

    @Test func whatIsThereAlreadyStaysOut() throws {
        try HubFolder.run(files: Self.files) { folder in
            try folder.upload()
            let again = try folder.upload()
            #expect(again.oid == nil && again.paths.isEmpty && again.bytes == 0)
            #expect(again.url.hasSuffix("/tester/model"))
            try folder.write("config.json", Data("{}".utf8))
            try folder.write("copy.safetensors", try #require(Self.files["model.safetensors"]))
            #expect(try folder.upload().paths == ["config.json", "copy.safetensors"])
            let branch = try #require(try folder.hub.branch(of: "tester/model"))
            #expect(branch.changes.last == ["config.json", "copy.safetensors"])
            #expect(branch.messages.count == 2)
            let sent = try folder.hub.requests().filter { $0["store"] == true }
            // The weights and the events, once each.
            #expect(sent.count == 2)
        }
    }

    @Test(arguments: [1, 999, 1000, 1001, 2000, 4096, 99_999, 100_000])
    func partsMakeTheWhole(size: Int) throws {
        let files = ["model.safetensors": bytes(size), "config.json": Data("{}".utf8)]
        try HubFolder.run(files: files) { folder in
            try folder.hub.useParts(of: 1000)
            try folder.upload()
            try folder.expect(files)
            let parts = try folder.hub.requests().filter {
                $0["path"]?.string?.contains("/parts/") == true
            }
            #expect(parts.count == (size > 1000 ? (size + 999) / 1000 : 0))
        }
    }

    @Test func foldersBranchesAndChoice() throws {
        try HubFolder.run(files: Self.files) { folder in
            try folder.client.createBranch("trial/1", of: folder.repository)
            try folder.client.createBranch("trial/1", of: folder.repository)
            let commit = try folder.client.uploadFolder(
                folder.directory, to: folder.repository, at: "/sub/folder/", revision: "trial/1",
                message: "m", where: { $0.hasSuffix(".json") })
            #expect(commit.paths == ["sub/folder/config.json"])
            try folder.expect(
                ["sub/folder/config.json": try #require(Self.files["config.json"])],
                branch: "trial/1")
            try folder.expect([:])
        }
    }

    @Test func linksAreFollowedAndGitStaysOut() throws {
        try HubFolder.run(files: [".git/config": Data("x".utf8), "a.txt": Data("a".utf8)]) {
            folder in
            try folder.write(".cache/huggingface/x", Data("x".utf8))
            try folder.write(".gitignore", Data("a.txt\n".utf8))
            let target = folder.directory.appendingPathComponent(".git/blob")
            try Data("linked".utf8).write(to: target)
            let link = folder.directory.appendingPathComponent("link.txt")
            try FileManager.default.createSymbolicLink(at: link, withDestinationURL: target)
            try FileManager.default.createSymbolicLink(
                at: folder.directory.appendingPathComponent("broken"),
                withDestinationURL: folder.directory.appendingPathComponent("nowhere"))
            try folder.upload()
            try folder.expect([
                "link.txt": Data("linked".utf8), ".gitignore": Data("a.txt\n".utf8),
            ])
        }
    }

    @Test func theStoreSeesNoToken() throws {
        try HubFolder.run(files: Self.files) { folder in
            try folder.hub.useParts(of: 30_000)
            try folder.upload()
            let requests = try folder.hub.requests()
            let (store, hub) = (
                requests.filter { $0["store"] == true }, requests.filter { $0["store"] != true }
            )
            #expect(store.count == 5)
            #expect(store.allSatisfy { $0["authorized"] == false })
            #expect(hub.allSatisfy { $0["authorized"] == true })
        }
    }

    @Test func nothingToUploadIsAnError() throws {
        try HubFolder.run { folder in
            #expect(throws: TuneError.self) { try folder.upload() }
            let error = #expect(throws: TuneError.self) {
                try folder.client.uploadFolder(
                    folder.directory.appendingPathComponent("none"), to: folder.repository,
                    message: "m")
            }
            #expect(error?.code == .missingInput)
        }
    }

    @Test func aWrongModelCardIsToldBeforeAnythingIsSent() throws {
        let files = [
            "README.md": Data("---\nlicense: [\n---\n".utf8), "model.safetensors": bytes(10),
        ]
        try HubFolder.run(files: files) { folder in
            let error = #expect(throws: TuneError.self) { try folder.upload() }
            #expect(error?.message.contains("\"license\" must be a string") == true)
            let requests = try folder.hub.requests()
            #expect(requests.allSatisfy { $0["store"] != true })
        }
    }
}
