import Foundation
import Testing
import TuneBase
import TuneHub
import TuneTestSupport

/// A request that fails, and what comes of it.
@Suite struct FaultTests {
    private static let files = [
        "config.json": Data("{}".utf8), "model.safetensors": bytes(50_000),
        "optimizer.safetensors": bytes(300, seed: 2),
    ]
    private static let places = [
        "validate", "/preupload/", "/objects/batch", "/parts/", "/complete", "/verify", "/commit/",
        "/objects/",
    ]
    private static let faults: [FakeHub.Fault] = [
        .status(500), .status(503), .status(429, "slow down", headers: ["Retry-After": "0"]),
        .status(429, headers: ["RateLimit": "\"api\";r=9;t=1"]), .cut(), .cut(after: 100),
        .loseAnswer,
    ]

    /// In the path of a request for it, the store's own and not that of the batch.
    private static func method(_ place: String) -> String { place == "/objects/" ? "PUT" : "" }

    @Test(arguments: faults)
    func passesAndTheFolderIsThereOnce(fault: FakeHub.Fault) throws {
        try HubFolder.run { folder in
            try folder.hub.useParts(of: 20_000)
            for (number, place) in Self.places.enumerated() {
                let seed = UInt64(number)
                let files = [
                    "README.md": Data("# Model \(number)\n".utf8),
                    "model.safetensors": bytes(50_000, seed: seed),
                    "optimizer.safetensors": bytes(300, seed: seed),
                ]
                for (path, content) in files { try folder.write(path, content) }
                try folder.hub.inject(fault, into: place, method: Self.method(place), times: 2)
                try folder.upload(message: place)
                try folder.expect(files)
            }
            #expect(try folder.hub.branch(of: "tester/model")?.messages == Self.places)
        }
    }

    @Test func aLaterPartFails() throws {
        try HubFolder.run(files: Self.files, attempts: 6) { folder in
            try folder.hub.useParts(of: 7000)
            try folder.hub.inject(.status(500), into: "/parts/", times: 2, skipping: 5)
            try folder.hub.inject(.cut(after: 3000), into: "/parts/", times: 2, skipping: 3)
            try folder.upload()
            try folder.expect(Self.files)
        }
    }

    @Test func leaveThatHasRunOutIsAskedForAgain() throws {
        try HubFolder.run(files: Self.files) { folder in
            try folder.hub.inject(
                .status(403, "Request has expired"), into: "/objects/", method: "PUT")
            try folder.upload()
            try folder.expect(Self.files)
        }
    }

    @Test func anotherCommitCameFirst() throws {
        try HubFolder.run(files: Self.files) { folder in
            try folder.hub.inject(.status(412, "A commit has happened since"), into: "/commit/")
            try folder.upload()
            try folder.expect(Self.files)
        }
    }

    @Test func theWaitIsThatOfTheServer() throws {
        try HubFolder.run(files: Self.files) { folder in
            let fault = FakeHub.Fault.status(429, headers: ["Retry-After": "1"])
            try folder.hub.inject(fault, into: "/preupload/")
            let start = monotonicSeconds()
            try folder.upload()
            #expect(monotonicSeconds() - start >= 1)
        }
    }

    @Test func aVeryLongWaitIsAnErrorAtOnce() throws {
        try HubFolder.run(files: Self.files) { folder in
            let fault = FakeHub.Fault.status(429, headers: ["Retry-After": "86400"])
            try folder.hub.inject(fault, into: "/preupload/")
            let error = #expect(throws: TuneError.self) { try folder.upload() }
            #expect(error?.code == .unavailable)
            #expect(error?.message.contains("too many requests (HTTP 429)") == true)
        }
    }

    @Test(
        arguments: [
            ("/preupload/", 401, .badConfig, "does not accept the token", "HF_TOKEN"),
            ("/preupload/", 403, .badConfig, "may not write to tester/model", "hub_model_id"),
            ("/preupload/", 404, .missingInput, "no such repository", "hub_revision"),
            ("/commit/", 400, .failed, "the Hub refused", "Correct"),
            ("/commit/", 409, .unavailable, "somebody else", "Try again"),
            ("/commit/", 413, .badData, "too large", "smaller"),
            ("/objects/batch", 422, .failed, "the Hub refused", "report"),
            ("/objects/", 500, .unavailable, "model.safetensors", "later"),
            ("/preupload/", 502, .unavailable, "has a problem", "later"),
            ("/preupload/", 302, .badConfig, "another place", "HF_ENDPOINT"),
        ] as [(String, Int, TuneError.Code, String, String)])
    func whatLastsIsNamedWithAFix(
        place: String, status: Int, code: TuneError.Code, part: String, fix: String
    ) throws {
        try HubFolder.run(files: Self.files) { folder in
            let message =
                "no: token \(FakeHub.token)\u{1B}[31m\n" + String(repeating: "x", count: 999)
            try folder.hub.inject(
                .status(status, message), into: place, method: Self.method(place), times: 99)
            let thrown = #expect(throws: TuneError.self) { try folder.upload() }
            let error = try #require(thrown)
            #expect(error.code == code)
            #expect(error.message.contains(part), "\(error)")
            #expect(error.remedy?.contains(fix) == true, "\(error)")
            #expect(!error.description.contains(FakeHub.token))
            #expect(!error.description.contains("\u{1B}"))
            #expect(error.description.utf8.count < 700)
            #expect(try folder.hub.branch(of: "tester/model")?.files.isEmpty == true)
        }
    }

    @Test func nobodyIsThere() throws {
        let environment = ["HF_ENDPOINT": "http://127.0.0.1:9", "HF_TOKEN": "hf_secret"]
        let client = try HubClient(
            environment: HubEnvironment(environment),
            retries: RetryPolicy(attempts: 2, firstWait: 0.01))
        let error = #expect(throws: TuneError.self) { try client.userName() }
        #expect(error?.code == .unavailable)
        #expect(error?.message.contains("127.0.0.1 did not answer") == true)
        #expect(error?.description.contains("hf_secret") == false)
    }

    @Test func aCancelledUploadEndsSoon() throws {
        try HubFolder.run(files: Self.files) { folder in
            let cancellation = Cancellation()
            let client = try HubFolder.client(of: folder.hub, cancellation: cancellation)
            let fault = FakeHub.Fault.status(503, headers: ["Retry-After": "60"])
            try folder.hub.inject(fault, into: "/preupload/", times: 99)
            Thread.detachNewThread {
                Thread.sleep(forTimeInterval: 0.3)
                cancellation.request()
            }
            let start = monotonicSeconds()
            let error = #expect(throws: TuneError.self) {
                try client.uploadFolder(
                    folder.directory, to: RepositoryID("tester/model"), message: "m")
            }
            #expect(error?.code == .interrupted)
            #expect(monotonicSeconds() - start < 10)
        }
    }
}
