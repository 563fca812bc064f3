/// How text stands out on a terminal.
public enum TextStyle: String, Sendable {
    case bold = "1"
    case dim = "2"
    case red = "31"
    case green = "32"
    case yellow = "33"
    case blue = "34"
    case cyan = "36"
    case boldGreen = "1;32"
    case boldRed = "31;1"
}

extension String {
    /// The text in a style, where escape sequences are allowed; else unchanged.
    public func styled(_ style: TextStyle, allowed: Bool) -> String {
        allowed && !isEmpty ? "\u{1B}[\(style.rawValue)m\(self)\u{1B}[0m" : self
    }
}
