import LakeScript

// What an operation's answer must tell besides its schema: the thing that was asked for.

extension Operation {
    /// The operations whose success has a body that the specification does not tell.
    static let telling: Set<String> = ["setup_comm_prefs"]

    /// The name that was asked for and another that the answer tells: the path of an object, the id or name of a new
    /// thing, or the last part of a read's address; nil if they are the same, or if the answer names nothing.
    ///
    /// A ref is not compared: the answer may tell it as it was asked for, or as a commit's id.
    func mismatch(of answer: Value, _ arguments: Record) -> (wanted: String, found: String)? {
        guard let record = answer.record else { return nil }
        let wanted: String?
        let fields: [String]
        if record["path"] != nil, let place = parameters.first(where: { $0.name == "path" || $0.name == "dest_path" }) {
            (wanted, fields) = (arguments.given(place.name)?.text, ["path"])
        } else if method != .get, bodyFields.contains(where: { $0.name == "id" || $0.name == "name" }) {
            let body = arguments.given("body")?.record ?? arguments
            (wanted, fields) = ((body.given("id") ?? body.given("name"))?.text, ["id", "name"])
        } else if method == .get, path.utf8.last == UInt8(ascii: "}"),
            let last = parameters.last(where: { $0.place == .path }), last.role != .ref, last.role != .commit
        {
            (wanted, fields) = (arguments.given(last.name)?.text, ["id", last.name])
        } else {
            return nil
        }
        let told = fields.compactMap { record[$0]?.text }
        guard let wanted, let found = told.first, !told.contains(where: { $0 == wanted }),
            !told.contains(where: { $0.lowercased() == wanted.lowercased() })
        else { return nil }
        return (wanted, found)
    }
}
