package import LakeScript

// The failures of requests and responses: R0201 to R0215. Each factory stands below the code that explains it.
extension Failure {
    /// The codes of the client's failures.
    package static let codesOfLakeAPI = [
        r0201, r0202, r0203, r0204, r0205, r0206, r0207, r0208, r0209, r0210, r0211, r0212, r0213, r0214, r0215,
        r0216, r0217, r0218, r0219, r0220, r0221, r0222, r0223, r0224, r0225, r0226, r0227,
    ]

    static let r0201 = Code(
        "R0201",
        """
        The server does not have what the call names: a user, a branch, an object (status 404). The message names the \
        argument. List what is there (`list_users`, `list_branches lake`), or write `--or null` behind a read and \
        `ensure` before a delete where "not found" is fine.
        """)

    static let r0202 = Code(
        "R0202",
        """
        The call conflicts with the state on the server (status 409 or 412): the thing exists already, or a condition \
        does not hold. `ensure` before the call accepts a thing that exists with the same values.
        """)

    static let r0203 = Code(
        "R0203",
        """
        The server knows the caller, who is not allowed to do this (status 401 or 403). The message names the permission \
        if the server does. An administrator grants it with a policy; a change takes up to 23 seconds to count. A server \
        also refuses with 403 what no right allows: a write to a protected branch, an import on some kinds of storage.
        """)

    static let r0204 = Code(
        "R0204",
        """
        The server does not know the caller (status 401): no keys were given, they are wrong, or a session has expired. \
        `help environment` lists the places from which keys are read.
        """)

    static let r0205 = Code(
        "R0205",
        """
        The server answered with an error that has no page of its own. The message has the status and the server's words; \
        the id of the request finds it in the server's log.
        """)
    /// An error response.
    static func answered(
        _ message: String, _ response: HTTPResponse, to name: String, advice: [String] = []
    ) -> Failure {
        let kind = Kind(status: response.status, response.words)
        let code =
            switch kind {
            case .notFound: r0201
            case .conflict: r0202
            case .denied: r0203
            case .unauthenticated: r0204
            default: r0205
            }
        return Failure(code, kind, message, notes: advice + [response.serverNote] + response.furtherLines)
            .filled(from: response, to: name)
    }

    /// An error response that means what another failure says.
    func explaining(_ response: HTTPResponse, to name: String) -> Failure {
        noting(response.serverNote).filled(from: response, to: name)
    }

    private func filled(from response: HTTPResponse, to name: String) -> Failure {
        var failure = self
        failure.operation = name
        failure.status = response.status
        failure.body = response.errorBody
        failure.requestID = response.requestID
        return failure
    }

    static let r0224 = Code(
        "R0224",
        """
        The response is not one that lakeFS gives to this operation: a web page, XML, a redirection, JSON of another \
        shape, or a body where none is due. So a proxy, a gateway or another server answered, and the status says \
        nothing of users, branches or rights, nor that a write was done. Check the server's address with its path, and \
        the proxy (`https_proxy`).
        """)
    /// A response that lakeFS did not send.
    static func foreign(
        _ response: HTTPResponse, to operation: Operation, as name: String? = nil, _ misfit: String? = nil
    ) -> Failure {
        let name = name ?? operation.name
        let holdsSecret = operation.result.holdsSecret
        let isProxy = response.status == 407
        let what = misfit ?? response.nature(holdsSecret: holdsSecret)
        var failure = Failure(
            r0224, .operation,
            isProxy
                ? "the proxy wants to know who asks: `\(name)` answered 407"
                : "`\(name)` answered \(response.status), and not in the way of lakeFS: \(what)",
            notes: response.traces + [
                isProxy
                    ? "name the proxy with a user: https_proxy=http://USER:PASSWORD@PROXY"
                    : "is this the address of a lakeFS server? a proxy or gateway may have answered"
            ]
        ).filled(from: response, to: name)
        if holdsSecret, !response.isMarkup {
            failure.body = .null
        } else {
            failure.notes.append(response.serverNote)
        }
        return failure
    }

    static let r0226 = Code(
        "R0226",
        """
        The answer is about another thing than the call: another user, branch or object. A proxy gave the answer of one \
        request to another. The connection is not used again. A read may be repeated; look before a write is.
        """)
    /// The answer to another request.
    static func ofAnother(
        _ mismatch: (wanted: String, found: String), _ response: HTTPResponse, to operation: Operation
    ) -> Failure {
        let (wanted, found) = (Array(mismatch.wanted.utf8).excerpt, Array(mismatch.found.utf8).excerpt)
        var failure = Failure(
            r0226, .operation, "the answer to `\(operation.name)` is about `\(found)`, and `\(wanted)` was asked for",
            notes: ["a proxy mixed up the answers of two requests: its connection is not used again"]
        ).filled(from: response, to: operation.name)
        failure.body = .null
        return failure
    }

    /// True if another than the server answered.
    package var isForeign: Bool { code == Failure.r0224.name || isOfAnother }

    var isOfAnother: Bool { code == Failure.r0226.name }

    static let r0206 = Code(
        "R0206",
        """
        The response has the status of a success, and its body cannot be read: it was cut off, or is broken JSON. A \
        write was done, and its answer is lost, with the secret that it may have brought; so `retry` does not repeat it. \
        Read what is there, and take back what nobody can use.
        """)
    /// A success whose body is not what it should be.
    static func unreadable(
        _ name: String, _ response: HTTPResponse, _ reason: String, isWrite: Bool = false, holdsSecret: Bool = false
    ) -> Failure {
        var failure = Failure(
            r0206, .operation,
            isWrite ? "`\(name)` was done, and its answer is lost: it \(reason)" : "the answer of `\(name)` \(reason)"
        ).filled(from: response, to: name)
        if isWrite {
            failure.notes.append("by its status, \(response.status), it was done")
            failure.hasChanged = true
        }
        // A body that cannot be read cannot be searched for its secrets either.
        if holdsSecret {
            failure.body = .null
            failure.notes.append("it is not shown, since it may hold a secret")
            if isWrite { failure.notes.append("the secret is lost: take back what was made, and make a new one") }
            return failure
        }
        let excerpt = response.body.excerpt
        if !excerpt.isEmpty { failure.notes.append("it begins: \(excerpt)") }
        return failure
    }

    static func incomplete(_ name: String, _ response: HTTPResponse, lack: String) -> Failure {
        var failure = Failure(r0206, .operation, "the answer of `\(name)` has \(lack)", notes: [response.serverNote])
        failure.status = response.status
        failure.requestID = response.requestID
        return failure
    }

    static let r0207 = Code(
        "R0207",
        """
        The server gave no response: it cannot be reached, or the connection broke. Calls that can be repeated safely \
        were repeated (`--retries N`). Check the server's address, the network and the proxy.
        """)
    /// A request without a response.
    static func lost(_ loss: TransportFailure, notes: [String] = []) -> Failure {
        switch loss.cause {
        case .network:
            var failure = Failure(r0207, .operation, loss.message, notes: notes)
            failure.isUnanswered = true
            return failure
        case .timeout: return Failure(r0208, .timeout, loss.message, notes: notes)
        case .file: return Failure(r0222, .operation, loss.message, notes: notes)
        case .response: return Failure(r0206, .operation, loss.message, notes: notes)
        }
    }

    static let r0208 = Code(
        "R0208",
        """
        The call did not end within its `--timeout`. A call that was sent may have been done: the message says whether it \
        can be repeated. Give it more time, or find out why the server is slow.
        """)
    static func late(_ name: String) -> Failure {
        Failure(r0208, .timeout, "`\(name)` was not done within the time given to it")
    }

    static let r0209 = Code(
        "R0209",
        """
        A write was sent and no response came, and to send it again could do it twice. So nobody knows whether it was \
        done, and the run ends; no block catches this error. Run the command that the message names, see whether the \
        write is there, and continue from there.
        """)
    static func inDoubt(_ name: String, _ reason: String, probe: String?, cause: Failure? = nil) -> Failure {
        var failure = Failure(
            r0209, .inDoubt, "whether `\(name)` was done is not known: \(reason)",
            notes: ["it was sent and is not sent again by itself"] + (cause?.notes ?? [])
                + (probe.map { ["look before you go on: \($0)"] } ?? []))
        guard let cause else { return failure }
        (failure.status, failure.body, failure.requestID) = (cause.status, cause.body, cause.requestID)
        return failure
    }

    static let r0210 = Code(
        "R0210",
        """
        The call was cancelled while it was in flight, by ^C or by a `timeout` block. A write that was sent is waited for, \
        at most 30 s or until a second ^C.
        """)
    static func cutOff(_ subject: String, notes: [String] = []) -> Failure {
        Failure(r0210, .cancelled, "\(subject) was cut off", notes: notes)
    }

    static let r0211 = Code(
        "R0211",
        """
        The server's release does not have the operation, or an option or field that the call uses. The message says \
        which releases have it. Nothing was sent. Upgrade the server, or leave out what it lacks.
        """)
    static func unsupported(_ operation: Operation, _ message: String, notes: [String]) -> Failure {
        var failure = Failure(r0211, .operation, message, notes: notes)
        failure.operation = operation.name
        return failure
    }

    static func unknown(_ command: String) -> Failure {
        Failure(r0211, "`\(command)` is not an operation of the API")
    }

    static let r0212 = Code(
        "R0212",
        """
        The operation needs access control, and this server is set up without it, or with lists in place of policies. \
        lakeFS open source has one user and no groups since 1.33. `get_setup_state` shows how a server is set up.
        """)
    static func noAccessControl(_ operation: Operation, _ message: String, needs: String?) -> Failure {
        var failure = Failure(
            r0212, .operation, message, notes: needs.map { ["\(operation.name) needs \($0)"] } ?? [])
        failure.operation = operation.name
        return failure
    }

    static let r0213 = Code(
        "R0213",
        """
        The server took the call and dropped a part of it that it does not know, so that the call gave more than was \
        asked for: a right without its condition. Take it back as the message says; a newer server knows the part.
        """)
    static func dropped(_ field: String, of operation: Operation, _ arguments: Record) -> Failure {
        Failure(
            r0213, .operation,
            "the server dropped `\(field)` of `\(operation.name)`: the right is there now, without a condition",
            notes: [operation.adviceOnLoss.map(arguments.filling)].compactMap(\.self)
                + [operation.releases(of: Operation.Element(.body, field)).sentence])
    }

    static let r0214 = Code(
        "R0214",
        """
        The server did a part of the call: it deleted some of the objects and refused others. The message lists both. \
        Repeat the call for those that were refused when the reason is gone.
        """)
    /// A part of the call was refused, for a missing right if `isDenied`.
    static func partlyDone(
        _ message: String, _ response: HTTPResponse, to name: String, isDenied: Bool, status: Int?, notes: [String],
        hasChanged: Bool
    ) -> Failure {
        var failure = Failure(r0214, isDenied ? .denied : .operation, message, notes: notes)
            .explaining(response, to: name)
        if response.status < 300 { failure.status = status }
        failure.hasChanged = hasChanged
        return failure
    }

    static let r0215 = Code(
        "R0215",
        """
        `ensure` found a thing of this name with other values, or one that the server has deleted a moment ago and still \
        remembers. Change the thing with the operation that the message names, or choose another name.
        """)
    static func differs(_ field: String, wanted: Value, there: Value, update: String?) -> Failure {
        Failure(
            r0215, .conflict, "it is there already, and its \(field) is another",
            notes: ["wanted: \(shown(wanted))", "there:  \(shown(there))"]
                + (update.map { ["`\($0)` changes it"] } ?? []))
    }

    private static func shown(_ value: Value) -> String {
        String(decoding: JSON.write(value, layout: .compact).prefix(300), as: UTF8.self)
    }

    static func remembered(_ name: String) -> Failure {
        Failure(
            r0215, .conflict, "\(name) was deleted a moment ago, and the server still remembers it",
            notes: ["nothing was made: wait some seconds, and do it again"])
    }
}

extension Failure.Kind {
    /// The kind that a status stands for. A missing right is 401 like wrong keys, and told apart by its message.
    init(status: Int, _ words: String) {
        self =
            switch status {
            case _ where words == HTTPResponse.unknownRoute: .operation
            case 401: words.hasPrefix("insufficient permissions") ? .denied : .unauthenticated
            case 403: .denied
            case 404: .notFound
            case 409, 412: .conflict
            default: .operation
            }
    }
}
