import Foundation
import Testing
import TuneBase
import TuneHub
import TuneTestSupport

@Suite struct HubClientTests {
    @Test func aNameAloneIsOneOfTheUser() throws {
        let hub = try FakeHub()
        let client = try HubFolder.client(of: hub)
        #expect(try client.userName() == "tester")
        #expect(try client.createRepository(named: "new").description == "tester/new")
        #expect(try client.createRepository(named: "new").description == "tester/new")
        let secret = try client.createRepository(named: "lab/secret", isPrivate: true)
        #expect(secret.namespace == "lab")
        #expect(try hub.branch(of: "tester/new")?.isPrivate == false)
        #expect(try hub.branch(of: "lab/secret")?.isPrivate == true)
        #expect(client.page(of: secret, revision: "a/b").path == "/lab/secret/tree/a/b")
    }

    @Test func othersNamespacesAreRefused() throws {
        let hub = try FakeHub()
        let client = try HubFolder.client(of: hub)
        let error = #expect(throws: TuneError.self) {
            try client.createRepository(named: "somebody/model")
        }
        #expect(error?.message.contains("create the repository somebody/model") == true)
        #expect(error?.message.contains("don't have the rights") == true)
        #expect(error?.code == .badConfig)
    }

    @Test func aTokenThatMayNotCreateMayWrite() throws {
        let hub = try FakeHub()
        let client = try HubFolder.client(of: hub)
        _ = try client.createRepository(named: "tester/model")
        try hub.inject(.status(403, "scope"), into: "repos/create", times: 2)
        #expect(try client.createRepository(named: "tester/model").name == "model")
        #expect(throws: TuneError.self) { try client.createRepository(named: "tester/other") }
    }

    @Test func anotherRepositoryIsBeingCreated() throws {
        let hub = try FakeHub()
        let message = "Cannot create repo: another conflicting operation is in progress"
        try hub.inject(.status(409, message), into: "repos/create", times: 2)
        _ = try HubFolder.client(of: hub).createRepository(named: "tester/model")
        #expect(try hub.branch(of: "tester/model") != nil)
    }

    @Test func aWrongTokenIsToldWithoutIt() throws {
        let hub = try FakeHub()
        let client = try HubFolder.client(of: hub, token: "hf_wrong")
        let thrown = #expect(throws: TuneError.self) { try client.createRepository(named: "model") }
        let error = try #require(thrown)
        #expect(error.message.contains("does not accept the token (HTTP 401)"))
        #expect(error.remedy?.contains("HF_TOKEN") == true)
        #expect(!"\(error)".contains("hf_wrong"))
        #expect(!"\(client)".contains("hf_wrong"))
    }

    @Test(arguments: ["", "a b", "a..b", "/a", "a/", "a?b", "ü", "a//b", "a\nb"])
    func branchesThatCannotBe(name: String) throws {
        let hub = try FakeHub()
        let client = try HubFolder.client(of: hub)
        let repository = try client.createRepository(named: "model")
        let before = try hub.requests().count
        #expect(throws: TuneError.self) { try client.createBranch(name, of: repository) }
        #expect(try hub.requests().count == before)
    }

    @Test func arenamedRepositoryIsFollowedWithinTheHub() throws {
        try HubFolder.run(files: ["a.txt": Data("a".utf8)]) { folder in
            let path = "/api/models/tester/model/preupload/main"
            try folder.hub.inject(
                .status(307, headers: ["Location": .string(path)]), into: "/old/preupload/")
            let commit = "/api/models/tester/model/commit/main"
            try folder.hub.inject(
                .status(307, headers: ["Location": .string(commit)]), into: "/old/commit/")
            try folder.client.uploadFolder(
                folder.directory, to: RepositoryID("tester/old"), message: "m")
            try folder.expect(["a.txt": Data("a".utf8)])
        }
    }

    @Test func aTokenDoesNotFollowToAnotherHost() throws {
        let (hub, other) = (try FakeHub(), try FakeHub())
        let target = JSONValue.string(other.endpoint + "/api/whoami-v2")
        try hub.inject(.status(307, headers: ["Location": target]), into: "whoami")
        #expect(throws: TuneError.self) { try HubFolder.client(of: hub).userName() }
        #expect(try other.requests().isEmpty)
    }
}
