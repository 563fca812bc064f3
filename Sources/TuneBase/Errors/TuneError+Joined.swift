extension TuneError {
    /// One error for several.
    ///
    /// - Parameters:
    ///   - problems: Errors about parts of one thing.
    ///   - subject: What they are about, to stand before `has 3 problems`.
    /// - Returns: The only problem as it is, several as a list with the code of the first; nil for
    ///   none.
    public static func joined(_ problems: [TuneError], subject: String) -> TuneError? {
        guard problems.count > 1 else { return problems.first }
        let list = problems.map { "\n- \($0)" }.joined()
        return TuneError(problems[0].code, "\(subject) has \(problems.count) problems:\(list)")
    }
}
