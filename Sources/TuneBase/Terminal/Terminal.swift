public import Foundation

/// Whether a stream shows cursor movement to a person: a terminal, not `TERM=dumb`, not in CI.
public func isInteractive(
    descriptor: Int32, environment: [String: String] = ProcessInfo.processInfo.environment
) -> Bool {
    guard environment["TERM"] != "dumb", environment["CI"]?.isEmpty ?? true else { return false }
    return isatty(descriptor) == 1
}

/// The width of the terminal behind a stream, else `COLUMNS`, else 80.
public func terminalColumns(
    descriptor: Int32, environment: [String: String] = ProcessInfo.processInfo.environment
) -> Int {
    var size = winsize()
    if ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 { return Int(size.ws_col) }
    return environment["COLUMNS"].flatMap(Int.init).flatMap { $0 > 0 ? $0 : nil } ?? 80
}

/// Text from data or other people's files made safe to show: no control character except tab and
/// newline, and none of the marks that reorder the text around them.
public func strippingControlCharacters(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars where !isUnsafeToShow(scalar) { result.append(scalar) }
    return String(result)
}

private func isUnsafeToShow(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "\t", "\n": false
    case "\u{200E}", "\u{200F}", "\u{202A}"..."\u{202E}", "\u{2066}"..."\u{2069}": true
    default: scalar.properties.generalCategory == .control
    }
}
