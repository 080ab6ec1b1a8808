/// A write as a message names it, with its target and its place: `create_user ana`.
package struct WrittenCall: Sendable, Equatable {
    package let line: String
    package let span: Span
}

/// The end of an undo: of an `on_failure` block, after a failure.
package struct Undo: Sendable {
    /// The write that it undoes; nil if that is not one call.
    package let call: WrittenCall?
    /// The block.
    package let span: Span
    package let outcome: Outcome

    package enum Outcome: Sendable {
        case done
        case failed(Failure)
        /// An interrupt ended it, or came before it.
        case notDone
    }
}

extension Region {
    /// The subject of an `on_failure` block: the write that it undoes.
    struct UndoSubject: Sendable {
        let span: Span
        var call: WrittenCall?
        /// True until a write is known to be the one: the block stands before its write.
        var isOpen: Bool
    }
}

extension Signature {
    /// Returns a call with its target, for messages: its name and the texts of its required parameters.
    package func line(_ argument: (Parameter) -> Value?) -> String {
        let texts = parameters.filter(\.isRequired).compactMap { parameter -> String? in
            switch argument(parameter) {
            case .string(let text): text.utf8.count <= Signature.longestWord ? text : nil
            case .int(let number): String(number)
            case .secret: String.hidden
            default: nil
            }
        }
        return ([name] + texts).joined(separator: " ")
    }

    private static let longestWord = 200
}

extension Machine {
    /// Notes that a write was done: an `on_failure` block behind it undoes it, else the one before it.
    func noteWrite(_ answer: Answer, _ fiber: inout Fiber) {
        guard let write = fiber.writing else { return }
        fiber.writing = nil
        guard case .value = answer else { return }
        fiber.written = write
        fiber.isUnchanged = unchanged.contains(write.id)
        guard !fiber.isUnchanged else { return }
        for place in fiber.regions.indices.reversed() where fiber.regions[place].undos.take(write.call) { break }
    }

    /// Returns what a block that is registered now undoes; nil if there is nothing to undo, because `ensure` found all as
    /// it was.
    func undoSubject(of block: CompiledBlock, _ fiber: Fiber) -> Region.UndoSubject? {
        let span = span(of: fiber)
        switch block.follows {
        case .nothing: return Region.UndoSubject(span: span, call: nil, isOpen: true)
        case .manyCalls: return Region.UndoSubject(span: span, call: nil, isOpen: false)
        case .call:
            if fiber.isUnchanged { return nil }
            return Region.UndoSubject(span: span, call: fiber.written?.call, isOpen: false)
        }
    }

    /// Reports the end of an undo.
    mutating func report(_ subject: Region.UndoSubject?, _ outcome: Undo.Outcome, _ fiber: inout Fiber) {
        // A block that stands before its write has nothing to undo until that is done.
        guard let subject, !subject.isOpen else { return }
        announce(.undo(Undo(call: subject.call, span: subject.span, outcome: outcome)), &fiber)
    }
}
