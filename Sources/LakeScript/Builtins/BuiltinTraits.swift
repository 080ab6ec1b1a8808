extension Builtin {
    /// Facts about a built-in that its signature does not state.
    struct Traits: Sendable {
        /// The types of the input, which has the type `any` in the signature; nil if any will do.
        var accepts: AcceptedTypes?
        /// The type of a call's value, nil where it is the signature's.
        var result: @Sendable (ArgumentTypes) -> ValueType? = { _ in nil }
        /// Rules for arguments, by parameter index, in the order in which they are applied.
        var rules: KeyValuePairs<Int, ArgumentRule> = [:]
        var handsOnItems = false
        /// True if the list that it gives has an item (but for an empty text, which has no parts).
        var givesItems = false
        /// Its part in a pipeline that is compiled as one loop.
        var stage: StreamStage?
        /// The parameter, by index, that names a file for a call to write.
        var writtenFile: Int?
        /// True if it says what a value is.
        var tellsType = false
    }

    /// A rule for an argument beside its type.
    enum ArgumentRule: Sendable, Equatable {
        /// Shown to a person, so no secret.
        case shown
        /// Visible to every process of the machine, so no secret.
        case visible
        /// A regular expression, unless the parameter of that index is on.
        case pattern(unless: Int)
        /// The replacement of a pattern, unless the parameter of that index is on.
        case replacement(unless: Int)
        /// The format of a time.
        case timeFormat
        /// An address of the web.
        case address
        /// The items of a listing, not a page of it.
        case notPage
        /// Names of the fields of the input, or of its items.
        case fields
        /// Comparable with the items of the input.
        case item
        /// A list whose items are comparable with those of the input.
        case items
    }

    enum StreamStage: Sendable {
        /// Makes one item of each item.
        case apply
        /// Lets the first items through, if it is told how many.
        case prefix
        /// Lets the items after the first ones through.
        case skip
        /// Counts the items and keeps none.
        case count
    }
}

/// The types that an input may have, and the words for them in a message.
struct AcceptedTypes: Sendable {
    let words: String
    let fits: @Sendable (ValueType) -> Bool

    static let listOrMap = AcceptedTypes(words: "a list or a map") { $0.item != nil || $0.isMap }
    static let measurable = AcceptedTypes(words: "a string, a list, a map or bytes") {
        $0.isText || $0.item != nil || $0.isMap || $0 == .bytes
    }
    static let textOrList = AcceptedTypes(words: "a string or a list") { $0.isText || $0.item != nil }
    static let container = AcceptedTypes(words: "a string, bytes or a list") {
        $0.isText || $0 == .bytes || $0.item != nil
    }
    static let number = AcceptedTypes(words: "a string or a number") { $0.isShownText || $0.isNumber }
    static let numberOrDuration = AcceptedTypes(words: "a string, a number or a duration") {
        $0.isShownText || $0.isNumber || $0 == .duration
    }
    static let numbers = AcceptedTypes(words: "a list of numbers or durations") {
        isList($0) { $0.isNumber || $0 == .duration }
    }
    static let texts = AcceptedTypes(words: "a list of texts or numbers") {
        isList($0) { !$0.isMap && $0.item == nil && $0 != .bytes }
    }
    static let ordered = AcceptedTypes(words: "a list of numbers, texts or durations") {
        isList($0) { $0.isText || $0.isNumber || $0 == .duration || $0 == .bool }
    }
    static let maps = AcceptedTypes(words: "a list of maps") { isList($0) { $0.isMap } }

    /// True for a list whose items are of a type that fits, or of an unknown one.
    private static func isList(_ type: ValueType, _ fits: (ValueType) -> Bool) -> Bool {
        guard let item = type.item?.unwrapped else { return false }
        return item == .any || fits(item)
    }

    static let textOrBytes = AcceptedTypes(words: "a string or bytes") { $0.isText || $0 == .bytes }
}

/// The checked types of a built-in's arguments, which decide the type of its value.
struct ArgumentTypes {
    /// By parameter index; nil where left out.
    let types: [ValueType?]
    /// The parameters that are on by a literal.
    let switches: Set<Int>
    /// True if the input is a list that has an item.
    let hasItems: Bool
    /// The fields that the arguments name; nil where they are not known before the run.
    let fields: [Field]?

    /// The first argument, or `any`.
    var input: ValueType { self[0] }
    /// The type of the input's items; `any` where it has none.
    var item: ValueType { input.item ?? .any }
    /// The type of one of the items, or of null if there is none.
    var oneItem: ValueType { hasItems ? item : item.orNull }

    subscript(place: Int) -> ValueType { types[place]?.unwrapped ?? .any }
    func isGiven(_ place: Int) -> Bool { types[place] != nil }

    /// A list of that type if the input is a list, else the type.
    func forEachItem(_ type: ValueType) -> ValueType {
        input == .any ? type : input.item == nil ? type : .list(type)
    }
}

extension Builtin.Traits {
    /// A list of the input's items.
    static let list = Builtin.Traits(result: { .list($0.item) })
    /// The same items in another order, or some of them.
    static let sameItems = Builtin.Traits(result: { .list($0.item) }, handsOnItems: true)
    static let sorted = Builtin.Traits(accepts: .ordered, result: sameItems.result, handsOnItems: true)
    static let reversed = Builtin.Traits(
        accepts: .textOrList, result: { $0.input.item == nil ? $0.input : .list($0.item) }, rules: [0: .notPage],
        handsOnItems: true)
    /// One of the items, null where there is none.
    static let extreme = Builtin.Traits(accepts: .ordered, result: { $0.oneItem })
    static let firstItems = Builtin.Traits(
        result: { $0.isGiven(1) ? .list($0.item) : $0.oneItem }, handsOnItems: true, stage: .prefix)
    static let lastItems = Builtin.Traits(result: firstItems.result, handsOnItems: true)
    static let skippedItems = Builtin.Traits(result: { .list($0.item) }, handsOnItems: true, stage: .skip)
    static let chunks = Builtin.Traits(result: { .list(.list($0.item)) })
    static let sum = Builtin.Traits(
        accepts: .numbers, result: { $0.item.isNumber || $0.item == .duration ? $0.item : .any })
    static let flattened = Builtin.Traits(result: { .list($0.item.item ?? $0.item) })
    static let appended = Builtin.Traits(result: { .list($0.item.joined(with: $0.types[1] ?? .any)) })
    static let union = Builtin.Traits(
        result: { .list($0.item.joined(with: $0[1].item ?? .any)) }, rules: [1: .items])
    static let comparedItems = Builtin.Traits(result: { .list($0.item) }, rules: [1: .items])
    static let compared = Builtin.Traits(
        result: { types in
            let item = types.item.joined(with: types[1].item ?? .any)
            let change = Field("change", .enumeration(ListDifference.Change.allCases.map(\.rawValue)))
            return .list(.record(RecordType("", [change, Field("item", item), Field("was", item.orNull)])))
        }, rules: [1: .items, 2: .fields])
    static let contains = Builtin.Traits(accepts: .container, rules: [1: .item])
    static let values = Builtin.Traits(result: { if case .map(let value) = $0.input { .list(value) } else { nil } })
    static let count = Builtin.Traits(accepts: .listOrMap, rules: [0: .notPage], stage: .count)
    static let length = Builtin.Traits(accepts: .measurable, rules: [0: .notPage])

    static let field = Builtin.Traits(
        result: { $0.isGiven(1) ? $0.forEachItem($0.fields?.first?.type ?? .any) : .any }, rules: [1: .fields],
        handsOnItems: true,
        stage: .apply)
    static let fields = Builtin.Traits(
        result: { types in
            guard let fields = types.fields, types.input != .any, types.item != .any || types.input.item == nil else {
                return types.input.item == nil ? .any : .list(.any)
            }
            return types.forEachItem(.record(RecordType("", fields)))
        }, rules: [1: .fields], handsOnItems: true, stage: .apply)

    /// A text that is secret if the input is.
    static let text = Builtin.Traits(result: { $0.input == .secret ? .secret : nil })
    static let texts = Builtin.Traits(result: { $0.input == .secret ? .list(.secret) : nil })
    static let joined = Builtin.Traits(accepts: .texts, result: text.result)
    /// Both maps as one, with the fields that are known.
    static let merged = Builtin.Traits(result: { types in
        guard case .record(let left) = types.input, case .record(let right) = types[1] else { return nil }
        let kept = left.fields.filter { right.field($0.name) == nil }
        return .record(RecordType("", kept + right.fields))
    })
    static let typed = Builtin.Traits(tellsType: true)
    static let parts = Builtin.Traits(result: texts.result, givesItems: true)
    static let base64 = Builtin.Traits(accepts: .textOrBytes, result: text.result)
    static let replaced = Builtin.Traits(
        result: text.result, rules: [1: .pattern(unless: 3), 2: .replacement(unless: 3)])
    static let formatted = Builtin.Traits(rules: [1: .timeFormat])
    static let revealed = Builtin.Traits(result: { $0.input.revealed })
    /// A secret if the second parameter is on.
    static let readSecret = Builtin.Traits(result: { $0.switches.contains(1) ? .secret : nil })
    static let variable = Builtin.Traits(result: { $0.switches.contains(2) ? .secret : .any })
    /// The output of a program: a secret if one of its input and its variables is.
    static let output = Builtin.Traits(
        result: { $0[2] == .secret || $0[3] == .secret ? .secret : nil }, rules: [0: .visible, 1: .visible])
}

extension ValueType {
    /// A text that may become something that is shown.
    fileprivate var isShownText: Bool { isText && self != .secret }
}
