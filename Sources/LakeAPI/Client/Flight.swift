import LakeScript

/// A call on its way: what was asked, what was sent, and what is waited for.
struct Flight {
    let id: EffectID
    let call: OperationCall
    let operation: Operation
    /// Who the request is from; nil where the operation asks nobody.
    let credentials: Credentials?
    /// Who the call is from, also where its own request does not say so.
    var caller: Credentials?
    /// What is sent; made anew once it is known which path the server has.
    var request: HTTPRequest
    /// What the call uses that not every release has.
    var demands: [Demand] = []
    let repetition: Operation.Repetition
    let span: Span
    /// The server that the address of a `put_url` or `get_url` names; nil for an operation, which goes to the run's own.
    var address: WebAddress?
    /// When `--timeout` ends it.
    var deadline: Instant?
    var stage: Stage = .calling
    /// How often the call itself was sent.
    var attempts = 0
    /// Whether an attempt left that nothing was heard of: it may have been done.
    var mayBeDone = false
    /// How often it was put off, since the server seems to remember what it has no more.
    var pausesForMemory = 0
    var isCancelled = false
    /// The upload in parts that carries the call out; nil for a plain call.
    var upload: MultipartUpload?
    /// Where its body comes from, and where its answer's goes to; nil for memory.
    var source: ByteSource?
    var sink: ByteSink?
    /// How the rest is asked for of an answer that broke off when a part of it was out.
    var resumption: Resumption?

    enum Stage {
        /// Waits for what must be known of the server.
        case asking
        /// The request is out.
        case calling
        /// Waits to send it again.
        case pausing(until: Instant)
        /// Looks what is there, after a conflict.
        case comparing(conflict: Failure, by: EnsureRule.Lookup)
        /// Is carried out in parts.
        case uploading
        /// Reads a stream, which is sent whole.
        case gathering(Gathering)
        /// Is done, and its reader must take what is left.
        case draining(Answer)
    }

    var words: FailureWords { FailureWords(operation: operation, arguments: call.arguments, credentials: credentials) }

    /// How often it is sent at most.
    var limit: Int { call.options.retries.map { $0 + 1 } ?? RetryPolicy.attempts }

    /// The failure with what every failure of the call says.
    func signed(_ failure: Failure) -> Failure {
        var failure = failure
        failure.operation = operation.name
        failure.attempts = attempts
        failure.span = span
        failure.notes += remarks
        return failure
    }

    /// What is to be said of bytes that were taken and cannot be had again, or are out and cannot be taken back.
    private var remarks: [String] {
        var remarks: [String] = []
        if let source, source.isSpent {
            remarks.append("what was read of `\(source.path)` is gone: it is no regular file, and is not sent again")
        }
        if let sink, sink.isStream, sink.count > 0 {
            remarks.append("\(sink.count) bytes of the answer were written already: they are not the whole")
        }
        return remarks
    }

    /// That nothing tells whether the call happened, and what to look at.
    func doubt(_ why: String) -> Failure {
        var failure = Failure(.inDoubt, "whether `\(operation.name)` was done is not known: \(why)")
        failure.notes.append("it was sent and is not sent again by itself")
        if let evidence = operation.evidence {
            failure.notes.append("look before you go on: \(words.filled(evidence))")
        }
        return signed(failure)
    }
}
