import Foundation
import Testing
import TuneBase
import TuneHub

@Suite struct HubEnvironmentTests {
    private func token(_ variables: [String: String]) throws -> AccessToken? {
        try HubEnvironment(variables.merging(["HOME": "/nowhere"]) { first, _ in first }).token
    }

    @Test func theEndpoint() throws {
        #expect(try HubEnvironment([:]).endpoint.absoluteString == "https://huggingface.co")
        #expect(
            try HubEnvironment(["HF_ENDPOINT": "https://hub.example.com/x//"]).endpoint
                .absoluteString
                == "https://hub.example.com/x")
        for text in ["hub", "ftp://a", "https://", "https://user:x@a", "https://a?b"] {
            let error = #expect(throws: TuneError.self) {
                try HubEnvironment(["HF_ENDPOINT": text])
            }
            #expect(error?.message.contains("HF_ENDPOINT") == true)
        }
    }

    @Test func whereTheTokenIs() throws {
        let directory = FileManager.default.temporaryDirectory
            .appendingPathComponent("token-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: directory) }
        try FileManager.default.createDirectory(
            at: directory.appendingPathComponent(".cache/huggingface"),
            withIntermediateDirectories: true)
        let place = directory.appendingPathComponent("token")
        try Data(" hf_file\n".utf8).write(to: place)
        try Data("hf_home".utf8).write(
            to: directory.appendingPathComponent(".cache/huggingface/token"))
        let (file, home) = (try AccessToken("hf_file"), try AccessToken("hf_home"))
        #expect(try token(["HF_TOKEN_PATH": place.path]) == file)
        #expect(try token(["HF_HOME": directory.path]) == file)
        #expect(try token(["HOME": directory.path]) == home)
        #expect(try token(["XDG_CACHE_HOME": directory.path + "/.cache"]) == home)
        #expect(
            try token(["HF_TOKEN": " hf_x ", "HF_HOME": directory.path]) == AccessToken("hf_x"))
        #expect(try token(["HF_TOKEN": ""]) == nil)
    }

    @Test(arguments: ["", "a b", "a\r\nHost: x", "tökén", String(repeating: "x", count: 5000)])
    func tokensThatCannotBe(text: String) throws {
        let error = #expect(throws: TuneError.self) { try AccessToken(text) }
        #expect(error?.message.contains("a b") == false)
    }

    @Test func tokensDoNotShow() throws {
        let token = try AccessToken("hf_secret")
        var dumped = ""
        dump(token, to: &dumped)
        dump([token: token], to: &dumped)
        let environment = try HubEnvironment(["HF_TOKEN": "hf_secret"])
        dump(environment, to: &dumped)
        for text in ["\(token)", String(reflecting: token), "\(environment)", dumped] {
            #expect(!text.contains("secret"))
        }
    }

    @Test(arguments: ["HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE"])
    func offline(name: String) throws {
        let environment = try HubEnvironment([name: "yes", "HF_TOKEN": "hf_x"])
        #expect(environment.isOffline)
        let error = #expect(throws: TuneError.self) { try HubClient(environment: environment) }
        #expect(error?.remedy?.contains("HF_HUB_OFFLINE") == true)
        #expect(try !HubEnvironment([name: "0"]).isOffline)
    }

    @Test func noToken() throws {
        let environment = try HubEnvironment(["HOME": "/nowhere"])
        let error = #expect(throws: TuneError.self) { try HubClient(environment: environment) }
        #expect(error?.message == "There is no token for the Hub.")
        #expect(error?.remedy?.contains("HF_TOKEN") == true)
    }
}
