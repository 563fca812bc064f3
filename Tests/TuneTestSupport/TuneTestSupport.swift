/// The directory of a test target's `Fixtures`, next to the test file that asks.
public func fixtures(beside file: String = #filePath) -> String {
    var path = file.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    while let last = path.last, !last.hasSuffix("Tests") { path = path.dropLast() }
    return path.joined(separator: "/") + "/Fixtures"
}
