/// The text of an assertion about two values that should be equal: both values if they are short, else their
/// differences by path (`results[2].id: left "dev", right "main"`).
///
/// Items of lists are aligned first, so that an inserted item is one difference.
struct Contrast {
    /// One line per difference; the first twenty.
    private(set) var lines: [String] = []
    private var unshown = 0

    private static let mostLines = 20
    /// The width up to which values are shown whole.
    private static let shortWidth = 80
    /// The length up to which lists are aligned, which takes quadratic time. Longer lists are compared index by index.
    private static let mostAligned = 1000

    static func lines(_ sign: BinaryOperator, _ left: Value, _ right: Value) -> [String] {
        let texts = (text(left), text(right))
        if sign == .equal, max(texts.0.count, texts.1.count) > shortWidth, left.isCollection, right.isCollection {
            var contrast = Contrast()
            contrast.compare(left, right, at: "")
            if contrast.unshown > 0 { contrast.lines.append("and \(contrast.unshown) more differences") }
            if !contrast.lines.isEmpty { return contrast.lines }
        }
        let shown = excerpts(texts.0, texts.1)
        return ["left:  \(shown.0)", "right: \(shown.1)"]
    }

    private mutating func compare(_ left: Value, _ right: Value, at path: String) {
        switch (left, right) {
        case (.list(let a), .list(let b)): compare(a, b, at: path)
        case (.map(let a), .map(let b)): compare(a, b, at: path)
        default:
            guard left != right else { return }
            let shown = Contrast.excerpts(Contrast.text(left), Contrast.text(right))
            add("\(path): left \(shown.0), right \(shown.1)")
        }
    }

    private mutating func compare(_ left: Record, _ right: Record, at path: String) {
        for (key, value) in left {
            let place = Contrast.path(path, key)
            if let other = right[key] { compare(value, other, at: place) } else { add(value, "left", at: place) }
        }
        for (key, value) in right where left[key] == nil { add(value, "right", at: Contrast.path(path, key)) }
    }

    private mutating func compare(_ left: [Value], _ right: [Value], at path: String) {
        let (removed, inserted) = Contrast.unmatched(left, right)
        var (i, j) = (0, 0)
        while i < left.count || j < right.count {
            let (isAlone, isOther) = (i == left.count || removed.contains(i), j == right.count || inserted.contains(j))
            if i < left.count, j < right.count, isAlone == isOther {
                compare(left[i], right[j], at: "\(path)[\(i)]")
                (i, j) = (i + 1, j + 1)
            } else if i < left.count, isAlone || j == right.count {
                add(left[i], "left", at: "\(path)[\(i)]")
                i += 1
            } else {
                add(right[j], "right", at: "\(path)[\(j)]")
                j += 1
            }
        }
    }

    /// Returns the indexes of the items that have no equal on the other side.
    private static func unmatched(_ left: [Value], _ right: [Value]) -> (left: Set<Int>, right: Set<Int>) {
        guard max(left.count, right.count) <= mostAligned else { return ([], []) }
        var (removed, inserted) = (Set<Int>(), Set<Int>())
        for change in right.difference(from: left) {
            switch change {
            case .remove(let offset, _, _): removed.insert(offset)
            case .insert(let offset, _, _): inserted.insert(offset)
            }
        }
        return (removed, inserted)
    }

    private mutating func add(_ value: Value, _ side: String, at path: String) {
        let text = Contrast.text(value)
        add("\(path): only \(side) has it, \(Contrast.excerpts(text, text).0)")
    }

    private mutating func add(_ line: String) {
        if lines.count < Contrast.mostLines { lines.append(line) } else { unshown += 1 }
    }

    private static func path(_ path: String, _ key: String) -> String {
        if !key.isName { return "\(path)[\(text(.string(key)))]" }
        return path.isEmpty ? key : "\(path).\(key)"
    }

    /// Returns the value as JSON on one line, with secrets hidden.
    private static func text(_ value: Value) -> String {
        String(decoding: JSON.write(value, layout: .compact), as: UTF8.self)
    }

    /// Returns two texts, each cut to about two hundred characters, around their first difference if both are long.
    private static func excerpts(_ left: String, _ right: String) -> (String, String) {
        let shared = zip(left, right).prefix { $0 == $1 }.count
        let isCut = max(left.count, right.count) > 200
        let start = isCut && shared < min(left.count, right.count) ? max(0, shared - 40) : 0
        let cut = { (text: String) -> String in
            let rest = text.dropFirst(start)
            return (start > 0 ? "…" : "") + (rest.count > 200 ? rest.prefix(200) + "…" : rest)
        }
        return (cut(left), cut(right))
    }
}

extension Value {
    fileprivate var isCollection: Bool { items != nil || record != nil }
}
