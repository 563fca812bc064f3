import CTuneArrow
import TuneBase

/// What Arrow reported; the caller turns it into a `TuneError` that names the file or column.
struct ArrowFailure: Error {
    let message: String
}

/// Throws the message of this thread unless `status` is 0.
func checkArrow(_ status: Int32) throws {
    guard status == 0 else { throw ArrowFailure(message: String(cString: ta_last_error())) }
}

/// The object that `make` puts into its argument.
func madeByArrow(_ make: (inout OpaquePointer?) -> Int32) throws -> OpaquePointer {
    var made: OpaquePointer?
    try checkArrow(make(&made))
    guard let made else { throw ArrowFailure(message: "Arrow returned nothing.") }
    return made
}

/// Runs `body`; a failure of Arrow becomes an error that says `problem` and what Arrow said.
func explainingArrow<Result>(
    _ problem: @autoclosure () -> String, code: TuneError.Code = .badData,
    remedy: String? = nil, _ body: () throws -> Result
) throws -> Result {
    do {
        return try body()
    } catch let failure as ArrowFailure {
        let message = failure.message.hasSuffix(".") ? failure.message : failure.message + "."
        throw TuneError(code, "\(problem()): \(message)", remedy: remedy, cause: failure)
    }
}

/// Calls `body` with C strings that live during the call.
func withCStrings<Result>(
    _ strings: [String], _ body: ([UnsafePointer<CChar>?]) throws -> Result
) rethrows -> Result {
    func next(_ index: Int, _ pointers: [UnsafePointer<CChar>?]) throws -> Result {
        guard index < strings.count else { return try body(pointers) }
        return try strings[index].withCString { try next(index + 1, pointers + [$0]) }
    }
    return try next(0, [])
}
