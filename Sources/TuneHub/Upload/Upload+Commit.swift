import Foundation
import TuneBase

extension Upload {
    /// Makes the commit.
    ///
    /// - Throws: `Restart` where it is not known whether it was made, or another one came first.
    func commit(_ plan: [PlannedFile]) throws -> (oid: String, url: String) {
        let body = FileManager.default.temporaryDirectory
            .appendingPathComponent("finetune-commit-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: body) }
        let size = try writeCommit(plan, to: body)
        var request = try hub.request(
            "POST", "api/models/\(repository)/commit/\(quoted(revision))")
        request.body = .file(body, offset: 0, size: size)
        request.headers.append(("Content-Type", "application/x-ndjson"))
        let response: HTTPResponse
        do {
            response = try hub.send(request)
        } catch let failure as TransportFailure {
            let error = purpose.error(for: failure, host: request.url.host ?? "the Hub")
            guard failure.kind == .network else { throw error }
            throw Restart(cause: error)
        }
        guard response.isSuccess else {
            let error = purpose.error(for: response, hiding: hub.token)
            let mayHelp =
                RetryPolicy.isTransient(response.status) || [409, 412].contains(response.status)
            guard mayHelp else { throw error }
            throw Restart(cause: error, wait: response.requestedWait)
        }
        let answer = try JSONValue(parsing: response.body, source: "the answer of the Hub")
        guard let oid = answer["commitOid"]?.string else { throw malformed(purpose) }
        let page = hub.page(of: repository).appendingPathComponent("commit/\(oid)")
        return (oid, answer["commitUrl"]?.string ?? page.absoluteString)
    }

    /// Writes what is sent: one JSON document in a line for the message and for each file.
    ///
    /// It goes to a file only this user can read, as the folder may be large.
    ///
    /// - Returns: Its size.
    private func writeCommit(_ plan: [PlannedFile], to url: URL) throws -> Int {
        guard
            FileManager.default.createFile(
                atPath: url.path, contents: nil, attributes: [.posixPermissions: 0o600]),
            let handle = FileHandle(forWritingAtPath: url.path)
        else {
            throw TuneError(
                .cannotCreate,
                "No temporary file can be made in \(url.deletingLastPathComponent().path).",
                remedy: "Set TMPDIR to a directory that you may write to.")
        }
        do {
            defer { try? handle.close() }
            try handle.write(
                contentsOf: line(
                    "header",
                    JSONObject([("summary", .string(message)), ("description", "")])))
            for planned in plan { try write(planned, to: handle) }
            return Int(try handle.offset())
        } catch let error as TuneError {
            throw error
        } catch {
            throw TuneError(
                .io, "The upload cannot be prepared in \(url.deletingLastPathComponent().path).",
                remedy: "Make room there, or set TMPDIR to another directory.", cause: error)
        }
    }

    private func write(_ planned: PlannedFile, to handle: FileHandle) throws {
        let file = planned.file
        guard planned.mode == .regular else {
            return try handle.write(
                contentsOf: line(
                    "lfsFile",
                    JSONObject([
                        ("path", .string(file.path)), ("algo", "sha256"),
                        ("oid", .string(file.sha256)), ("size", .int(file.size)),
                    ])))
        }
        let path = JSONValue.string(file.path).serialized()
        try handle.write(
            contentsOf: Data(
                "{\"key\": \"file\", \"value\": {\"path\": \(path), \"encoding\": \"base64\", \"content\": \""
                    .utf8))
        try writeBase64(of: file, to: handle)
        try handle.write(contentsOf: Data("\"}}\n".utf8))
    }

    /// Writes a file's content in Base64, piece by piece.
    private func writeBase64(of file: UploadFile, to handle: FileHandle) throws {
        var rest = Data()
        try file.readPieces { piece in
            rest.append(contentsOf: piece)
            // Pieces of whole triples join without padding between them.
            let whole = rest.count - rest.count % 3
            try handle.write(contentsOf: rest.prefix(whole).base64EncodedData())
            rest = Data(rest.dropFirst(whole))
        }
        try handle.write(contentsOf: rest.base64EncodedData())
    }

    private func line(_ key: String, _ value: JSONObject) -> Data {
        let document = JSONObject([("key", .string(key)), ("value", .object(value))])
        return Data((JSONValue.object(document).serialized() + "\n").utf8)
    }
}
