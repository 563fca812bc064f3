import Foundation
import TuneBase

/// One commit in the making.
struct Upload {
    let hub: HubClient
    let repository: RepositoryID
    let revision: String
    let message: String
    var files: [UploadFile]

    /// A reason to look again at what the repository has, and to send what is missing.
    struct Restart: Error {
        let cause: TuneError
        var wait: Double?
    }

    /// Sends what the repository lacks.
    mutating func run() throws -> HubCommit {
        try checkModelCard()
        var sent: [UploadFile] = []
        var tries = 0
        while true {
            tries += 1
            do {
                let plan = try missingFiles()
                // After a commit whose answer was lost there is nothing left to send.
                guard !plan.isEmpty else { return result(of: nil, sent) }
                sent = plan.map(\.file)
                try LFSTransfer(self).send(plan.filter { $0.mode == .lfs }.map(\.file))
                return result(of: try commit(plan), sent)
            } catch let restart as Restart {
                guard tries < hub.retries.attempts,
                    let wait = hub.retries.wait(after: tries, requested: restart.wait)
                else { throw restart.cause }
                try hub.pause(wait, "the Hub changed or did not answer", purpose)
            }
        }
    }

    /// What errors say was tried.
    var purpose: Purpose {
        Purpose(action: "upload to \(repository)", repository: repository)
    }

    private func result(of commit: (oid: String, url: String)?, _ sent: [UploadFile]) -> HubCommit {
        HubCommit(
            oid: commit?.oid,
            url: commit?.url ?? hub.page(of: repository, revision: revision).absoluteString,
            paths: sent.map(\.path).sorted(), bytes: sent.reduce(0) { $0 + $1.size })
    }

    /// Asks the Hub what it thinks of the model card's metadata, before anything is sent.
    private func checkModelCard() throws {
        guard let card = files.first(where: { $0.path == "README.md" }), card.size <= 4 << 20 else {
            return
        }
        let text = String(decoding: try readFile(card.url), as: UTF8.self)
        let purpose = Purpose(
            action: "upload the model card README.md", repository: repository)
        let response = try hub.answer(
            to: hub.request(
                "POST", "api/validate-yaml",
                json: .object(
                    JSONObject([("content", .string(text)), ("repoType", "model")]))), purpose)
        guard response.status == 400 else { return }
        throw TuneError(
            .badData,
            "The Hub does not accept the metadata of README.md: \(response.serverMessage)",
            remedy: "Correct the lines between '---' at its beginning.")
    }
}

// MARK: What is missing

/// A file that the repository lacks.
struct PlannedFile {
    let file: UploadFile
    let mode: UploadFile.Mode
}

extension Upload {
    /// Asks the Hub file by file how it wants it and what it has under that path.
    private mutating func missingFiles() throws -> [PlannedFile] {
        var missing: [PlannedFile] = []
        for start in stride(from: 0, to: files.count, by: 256) {
            let range = start..<min(start + 256, files.count)
            let wishes = try wishes(for: files[range])
            for index in range {
                guard let wish = wishes[files[index].path] else { throw malformed(purpose) }
                guard !wish.isIgnored else { continue }
                // The store takes no empty files.
                let mode = files[index].size == 0 ? .regular : wish.mode
                if let known = wish.objectID, try known == files[index].objectID(mode) { continue }
                missing.append(PlannedFile(file: files[index], mode: mode))
            }
        }
        for index in missing.indices where missing[index].mode == .lfs {
            missing[index] = try digested(missing[index])
        }
        return missing
    }

    /// The same with its SHA-256, which is kept for another try.
    private mutating func digested(_ planned: PlannedFile) throws -> PlannedFile {
        guard let index = files.firstIndex(where: { $0.path == planned.file.path }) else {
            return planned
        }
        try files[index].digest()
        return PlannedFile(file: files[index], mode: planned.mode)
    }

    private struct Wish {
        let mode: UploadFile.Mode
        let isIgnored: Bool
        let objectID: String?
    }

    private func wishes(for files: ArraySlice<UploadFile>) throws -> [String: Wish] {
        var members = JSONObject([
            (
                "files",
                .array(
                    files.map {
                        .object(
                            JSONObject([
                                ("path", .string($0.path)),
                                ("sample", .string($0.sample.base64EncodedString())),
                                ("size", .int($0.size)),
                            ]))
                    })
            )
        ])
        members["gitIgnore"] = try ignoreRules.map(JSONValue.string)
        let path = "api/models/\(repository)/preupload/\(quoted(revision))"
        let answer = try hub.json(
            hub.request("POST", path, json: .object(members)), purpose)
        guard let entries = answer["files"]?.array else { throw malformed(purpose) }
        var result: [String: Wish] = [:]
        for entry in entries {
            guard let path = entry["path"]?.string,
                let mode = entry["uploadMode"]?.string.flatMap(UploadFile.Mode.init)
            else { throw malformed(purpose) }
            result[path] = Wish(
                mode: mode, isIgnored: entry["shouldIgnore"]?.bool ?? false,
                objectID: entry["oid"]?.string)
        }
        return result
    }

    /// The `.gitignore` that goes up with the others, which counts already.
    private var ignoreRules: String? {
        get throws {
            guard let rules = files.first(where: { $0.path == ".gitignore" }), rules.size <= 1 << 20
            else { return nil }
            return String(decoding: try readFile(rules.url), as: UTF8.self)
        }
    }
}

/// The error for an answer that is not what the protocol says.
func malformed(_ purpose: Purpose) -> TuneError {
    TuneError(
        .unavailable, "Could not \(purpose.action): the server's answer is malformed.",
        remedy: "Check HF_ENDPOINT, and try again later.")
}
