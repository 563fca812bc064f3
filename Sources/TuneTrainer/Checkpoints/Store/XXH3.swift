import CTuneHash

/// XXH3 with 128 bits of bytes that come one after the other.
final class XXH3: RunningDigest {
    private let state = UnsafeMutableRawPointer.allocate(
        byteCount: tune_hash_state_size(), alignment: Int(TUNE_HASH_STATE_ALIGNMENT))

    init() { tune_hash_begin(state) }

    deinit { state.deallocate() }

    func append(_ bytes: UnsafeRawBufferPointer) {
        tune_hash_update(state, bytes.baseAddress, bytes.count)
    }

    /// The digest in its canonical order, the highest byte first.
    var bytes: [UInt8] {
        var digest = [UInt8](repeating: 0, count: Int(TUNE_HASH_DIGEST_SIZE))
        tune_hash_digest(state, &digest)
        return digest
    }
}
