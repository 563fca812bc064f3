import Foundation
import Logging
import TuneBase

/// Brings large files into the store that the Hub names, by the git-lfs protocol.
struct LFSTransfer {
    private let upload: Upload
    private var hub: HubClient { upload.hub }

    init(_ upload: Upload) { self.upload = upload }

    /// Sends files, with their SHA-256, that the store lacks.
    ///
    /// - Throws: `TuneError` when the store refuses one, `Upload.Restart` when its leave to write
    ///   has run out.
    func send(_ files: [UploadFile]) throws {
        // Two files of the same content are one object.
        var distinct: [UploadFile] = []
        var seen: Set<String> = []
        for file in files where seen.insert(file.sha256).inserted { distinct.append(file) }
        for start in stride(from: 0, to: distinct.count, by: 256) {
            try sendBatch(distinct[start..<min(start + 256, distinct.count)])
        }
    }

    private func sendBatch(_ files: ArraySlice<UploadFile>) throws {
        let answers = try batch(files)
        for file in files {
            guard let answer = answers.first(where: { $0["oid"]?.string == file.sha256 }) else {
                throw malformed(purpose(file))
            }
            if let error = answer["error"], !error.isNull { throw refusal(error, of: file) }
            guard let actions = answer["actions"]?.object else { continue }
            try send(file, actions)
        }
    }

    /// Asks where and how to send each file.
    private func batch(_ files: ArraySlice<UploadFile>) throws -> [JSONValue] {
        let objects = files.map { file in
            JSONValue.object(
                JSONObject([("oid", .string(file.sha256)), ("size", .int(file.size))]))
        }
        let members = JSONObject([
            ("operation", "upload"), ("transfers", ["basic", "multipart"]),
            ("objects", .array(objects)), ("hash_algo", "sha256"),
            ("ref", .object(JSONObject([("name", .string(upload.revision))]))),
        ])
        var request = try hub.request(
            "POST", "\(upload.repository).git/info/lfs/objects/batch", json: .object(members))
        request.headers = lfsHeaders
        let answer = try hub.json(request, upload.purpose)
        guard let objects = answer["objects"]?.array else { throw malformed(upload.purpose) }
        return objects
    }

    private func send(_ file: UploadFile, _ actions: JSONObject) throws {
        guard let action = actions["upload"], let target = address(action["href"]) else {
            throw malformed(purpose(file))
        }
        hub.logger.info("Uploading \(file.path) (\(file.size) bytes).")
        let header = action["header"]?.object ?? [:]
        if let size = header["chunk_size"] {
            try sendParts(of: file, size: size, header, completion: target)
        } else {
            var request = HTTPRequest(
                "PUT", target, body: .file(file.url, offset: 0, size: file.size))
            request.headers = try header.members.map { ($0.key, try headerValue($0.value, file)) }
            _ = try store(request, file)
        }
        guard let verify = actions["verify"], !verify.isNull else { return }
        guard let place = address(verify["href"]) else { throw malformed(purpose(file)) }
        let object = JSONObject([("oid", .string(file.sha256)), ("size", .int(file.size))])
        var request = HTTPRequest(
            "POST", place, body: .data(Data(JSONValue.object(object).serialized().utf8)))
        request.headers = lfsHeaders
        _ = try store(request, file)
    }

    /// Sends a file in parts of one size, each to its own address, and then says which parts make
    /// the whole.
    private func sendParts(
        of file: UploadFile, size: JSONValue, _ header: JSONObject, completion: URL
    ) throws {
        let count = size.int ?? size.string.flatMap { Int($0) } ?? 0
        let parts = header.members.compactMap { name, value in
            name.allSatisfy(\.isASCII)
                ? Int(name).map { (number: $0, target: address(value)) } : nil
        }.sorted { $0.number < $1.number }
        guard count > 0, parts.count == (file.size + count - 1) / count else {
            throw malformed(purpose(file))
        }
        var finished: [JSONValue] = []
        for (index, part) in parts.enumerated() {
            guard let target = part.target else { throw malformed(purpose(file)) }
            let start = index * count
            let body = HTTPRequest.Body.file(
                file.url, offset: start, size: min(count, file.size - start))
            let response = try store(HTTPRequest("PUT", target, body: body), file)
            guard let tag = response.headers["etag"], !tag.isEmpty else {
                throw malformed(purpose(file))
            }
            finished.append(
                .object(JSONObject([("partNumber", .int(index + 1)), ("etag", .string(tag))])))
        }
        let object = JSONObject([("oid", .string(file.sha256)), ("parts", .array(finished))])
        var request = HTTPRequest(
            "POST", completion, body: .data(Data(JSONValue.object(object).serialized().utf8)))
        request.headers = lfsHeaders
        _ = try store(request, file)
    }

    /// Sends a request to the store, or to the Hub about what it keeps there.
    private func store(_ request: HTTPRequest, _ file: UploadFile) throws -> HTTPResponse {
        var purpose = purpose(file)
        purpose.isOfHub = Origin(request.url) == Origin(hub.endpoint)
        let response = try hub.answer(to: request, purpose)
        guard !response.isSuccess else { return response }
        let error = purpose.error(for: response, hiding: hub.token)
        // The leave to write there is for a limited time; another batch gives a new one.
        let hasExpired = !purpose.isOfHub && [400, 403, 404].contains(response.status)
        throw hasExpired ? Upload.Restart(cause: error) : error
    }

    private func refusal(_ error: JSONValue, of file: UploadFile) -> TuneError {
        let text = error["message"]?.string ?? "no reason is given"
        let line = strippingControlCharacters(
            String(hub.token.redacted(from: text).prefix(300)))
        return TuneError(
            .failed, "The Hub refuses the large file \(file.path): \(line)",
            remedy: "Check the storage that your account has left.")
    }

    private func purpose(_ file: UploadFile) -> Purpose {
        Purpose(
            action: "upload \(file.path) to \(upload.repository)", repository: upload.repository)
    }

    /// An address that the Hub gave; one at its public name leads to the endpoint in use.
    ///
    /// Nothing goes unencrypted because of an answer that came encrypted.
    private func address(_ value: JSONValue?) -> URL? {
        guard var text = value?.string else { return nil }
        let endpoint = hub.endpoint.absoluteString
        if text.hasPrefix(HubEnvironment.publicEndpoint + "/") {
            text = endpoint + text.dropFirst(HubEnvironment.publicEndpoint.count)
        }
        guard let url = URL(string: text), let origin = Origin(url) else { return nil }
        let needsEncryption = hub.endpoint.scheme?.lowercased() == "https"
        return needsEncryption && origin.scheme != "https" ? nil : url
    }

    private func headerValue(_ value: JSONValue, _ file: UploadFile) throws -> String {
        guard let text = value.string, text.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else {
            throw malformed(purpose(file))
        }
        return text
    }

    private var lfsHeaders: [(name: String, value: String)] {
        ["Accept", "Content-Type"].map { ($0, "application/vnd.git-lfs+json") }
    }
}
