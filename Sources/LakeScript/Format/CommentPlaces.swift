/// The comments of a text. Each is handed out once, to the element it is attached to.
struct CommentPlaces {
    private let text: SourceText
    private let comments: [Comment]
    private var isTaken: [Bool]

    init(_ comments: [Comment], of text: SourceText) {
        self.text = text
        self.comments = comments
        isTaken = Array(repeating: false, count: comments.count)
    }

    /// Takes the comments that begin in a range and were not taken before.
    mutating func take(in range: Range<UInt32>) -> [Comment] {
        var taken: [Comment] = []
        var index = firstIndex(from: range.lowerBound)
        while index < comments.count, comments[index].span.start < range.upperBound {
            if !isTaken[index] { taken.append(comments[index]) }
            isTaken[index] = true
            index += 1
        }
        return taken
    }

    /// Takes the comment at the end of the line that contains `end`, if it begins before `limit`.
    mutating func takeRemark(behind end: UInt32, before limit: UInt32) -> String? {
        let index = firstIndex(from: end)
        guard index < comments.count, !isTaken[index], comments[index].span.start < limit, !comments[index].ownLine,
            !text.breaksLine(from: end, to: comments[index].span.start)
        else { return nil }
        isTaken[index] = true
        return words(of: comments[index])
    }

    /// Returns a comment's text without trailing blanks.
    func words(of comment: Comment) -> String {
        var end = Int(comment.span.end)
        while text.bytes[end - 1].isBlank || text.bytes[end - 1] == .carriageReturn { end -= 1 }
        return String(decoding: text.bytes[Int(comment.span.start)..<end], as: UTF8.self)
    }

    private func firstIndex(from offset: UInt32) -> Int {
        var low = 0
        var high = comments.count
        while low < high {
            let middle = (low + high) / 2
            if comments[middle].span.start < offset { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

extension SourceText {
    /// True if there is a line break between two offsets.
    func breaksLine(from start: UInt32, to end: UInt32) -> Bool {
        start < end && bytes[Int(start)..<Int(end)].contains(.newline)
    }

    /// True if there is an empty line before an offset.
    func hasBlankLine(before offset: UInt32) -> Bool {
        var at = Int(offset)
        var ends = 0
        while at > 0, bytes[at - 1].isBlank || bytes[at - 1] == .newline || bytes[at - 1] == .carriageReturn {
            at -= 1
            if bytes[at] == .newline { ends += 1 }
        }
        return ends > 1
    }
}
