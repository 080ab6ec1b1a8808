import LakeScript

// The failures of responses.

extension Failure {
    /// An error response.
    static func answered(
        _ message: String, _ response: HTTPResponse, to name: String, advice: [String] = []
    ) -> Failure {
        var failure = Failure(
            Kind(status: response.status, response.words), message, notes: advice + [response.serverNote])
        failure.fill(from: response, to: name)
        return failure
    }

    /// A success whose body is not what it should be.
    static func unreadable(
        _ name: String, _ response: HTTPResponse, _ reason: String, isWrite: Bool = false, holdsSecret: Bool = false,
        notes: [String] = []
    ) -> Failure {
        var failure = Failure(.operation, "the answer of `\(name)` \(reason)", notes: notes)
        failure.fill(from: response, to: name)
        if isWrite {
            failure.notes.append("by its status, \(response.status), it was done")
            failure.hasChanged = true
        }
        // A body that cannot be read cannot be searched for its secrets either.
        if holdsSecret, !response.isPage {
            failure.body = .null
            failure.notes.append("it is not shown, since it may hold a secret")
            return failure
        }
        let excerpt = response.body.excerpt
        if !excerpt.isEmpty { failure.notes.append("it begins: \(excerpt)") }
        return failure
    }

    static func cutOff(_ response: HTTPResponse) -> String { "was cut off after \(response.body.count) bytes" }

    /// Takes what the response tells.
    mutating func fill(from response: HTTPResponse, to name: String) {
        operation = name
        status = response.status
        body = response.errorBody
        requestID = response.requestID
    }
}

extension Failure.Kind {
    /// The kind that a status stands for. A missing right is 401 like wrong keys, and told apart by its message.
    init(status: Int, _ words: String) {
        self =
            switch status {
            case 401: words.hasPrefix("insufficient permissions") ? .denied : .unauthenticated
            case 403: .denied
            case 404: .notFound
            case 409, 412: .conflict
            default: .operation
            }
    }
}
