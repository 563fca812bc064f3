/// The number of character cells that text takes in a terminal.
///
/// Wide characters and emoji take 2, a letter with combining marks as much as the letter, control
/// and formatting characters nothing.
public func displayWidth(_ text: String) -> Int {
    text.reduce(0) { $0 + displayWidth($1) }
}

/// The cells of one character: an emoji of several scalars is drawn as one picture, in other
/// clusters marks add nothing to the letter.
private func displayWidth(_ character: Character) -> Int {
    var scalars = character.unicodeScalars.makeIterator()
    guard let first = scalars.next() else { return 0 }
    if first.value < 0x300 && first.value >= 0x20 && first.value != 0x7F {
        return hasEmojiPresentation(character, first) ? 2 : (first.value == 0xAD ? 0 : 1)
    }
    if hasEmojiPresentation(character, first) { return 2 }
    return character.unicodeScalars.map(displayWidth).max() ?? 0
}

private func hasEmojiPresentation(_ character: Character, _ first: Unicode.Scalar) -> Bool {
    guard character.unicodeScalars.count > 1 else {
        return first.value > 0xFF && first.properties.isEmojiPresentation
    }
    if first.properties.isEmojiPresentation { return true }
    // The variation selector 16 asks for the picture.
    return first.properties.isEmoji && character.unicodeScalars.contains("\u{FE0F}")
}

private func displayWidth(_ scalar: Unicode.Scalar) -> Int {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .control: return 0
    default: break
    }
    // Vowels and final consonants of Hangul join the syllable before them.
    if (0x1160...0x11FF).contains(scalar.value) { return 0 }
    return isWide(scalar.value) ? 2 : 1
}

private func isWide(_ scalar: UInt32) -> Bool {
    var (low, high) = (0, wideScalars.count)
    while low < high {
        let middle = (low + high) / 2
        if wideScalars[middle].upperBound < scalar { low = middle + 1 } else { high = middle }
    }
    return low < wideScalars.count && wideScalars[low].contains(scalar)
}

/// Which end of a cell the text stands at.
public enum TextAlignment: Sendable {
    case left
    case right
}

extension String {
    /// The text with spaces up to so many cells; longer text stays as it is.
    public func padded(toWidth width: Int, _ alignment: TextAlignment = .left) -> String {
        let space = String(repeating: " ", count: max(0, width - displayWidth(self)))
        return alignment == .left ? self + space : space + self
    }

    /// The text cut to at most so many cells, with `…` in place of what is left out.
    public func truncated(toWidth width: Int) -> String {
        guard displayWidth(self) > width else { return self }
        guard width > 0 else { return "" }
        var (result, used) = ("", 1)
        for character in self {
            used += TuneBase.displayWidth(String(character))
            guard used <= width else { break }
            result.append(character)
        }
        return result + "…"
    }
}

/// Text of others on one line of a terminal: safe to show, and line ends and tabs as spaces.
public func singleLine(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in strippingControlCharacters(text).unicodeScalars {
        result.append(scalar == "\n" || scalar == "\t" ? " " : scalar)
    }
    return String(result)
}
