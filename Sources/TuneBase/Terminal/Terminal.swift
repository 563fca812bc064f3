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

/// The number of character cells that text takes in a terminal: 2 for wide characters, 0 for
/// combining marks.
public func displayWidth(_ text: String) -> Int {
    text.unicodeScalars.reduce(0) { $0 + displayWidth($1) }
}

private func displayWidth(_ scalar: Unicode.Scalar) -> Int {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .control: return 0
    default: break
    }
    let wide: [ClosedRange<UInt32>] = [
        0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x4DBF, 0x4E00...0xA4CF, 0xAC00...0xD7A3,
        0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F,
        0x1F680...0x1F6FF, 0x1F900...0x1F9FF, 0x20000...0x3FFFD,
    ]
    return wide.contains { $0.contains(scalar.value) } ? 2 : 1
}
