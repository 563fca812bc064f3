/// A command as it can be pasted into a shell.
func shellCommand(_ words: [String]) -> String { words.map(shellQuoted).joined(separator: " ") }

private func shellQuoted(_ word: String) -> String {
    let isPlain = word.unicodeScalars.allSatisfy { scalar in
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "-", "_", ".", "/", ",", "=", ":", "+": true
        default: false
        }
    }
    return isPlain && !word.isEmpty ? word : "'" + word.replacing("'", with: #"'\''"#) + "'"
}
