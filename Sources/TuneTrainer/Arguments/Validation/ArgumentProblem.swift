/// What is wrong with a field, or with several together.
struct ArgumentProblem {
    /// The fields that could be changed to put it right, by their Python names.
    let fields: [String]
    /// The member it is about, where the field's value is an object.
    let member: String?
    /// A sentence that names the fields.
    let text: String

    init(_ fields: String..., member: String? = nil, text: String) {
        (self.fields, self.member, self.text) = (fields, member, text)
    }

    /// The sentence after the places where the fields got their values.
    func placed(_ places: [String: String]) -> String {
        let known = fields.compactMap { places[$0] }
        return known.isEmpty ? text : "\(known.joined(separator: ", ")): \(text)"
    }
}
