/// The shape of one page of a listing.
package struct PageShape: Sendable {
    /// The field of the page that holds its items.
    package let items: String
    /// The path of the flag that says whether more pages follow.
    package let more: [String]
    /// The path of the text where the next page begins.
    package let cursor: [String]
    /// The parameter that takes that text.
    package let parameter: String

    package init(items: String, more: [String], cursor: [String], parameter: String) {
        self.items = items
        self.more = more
        self.cursor = cursor
        self.parameter = parameter
    }

    /// The advice of an error about a page that was taken for a list.
    var advice: String { "take its .\(items), or ask for all pages with --all" }

    /// Returns the items of a page; nil if the value is no page.
    package func items(of value: Value) -> [Value]? {
        more.first.map { value[$0].isNull } == false ? value[items].items : nil
    }

    package func hasMore(after page: Value) -> Bool { more.reduce(page) { $0[$1] } == true }

    /// Returns the text where the next page begins; nil after the last page.
    package func next(after page: Value) -> String? {
        guard hasMore(after: page), let next = cursor.reduce(page, { $0[$1] }).text else { return nil }
        return next.isEmpty ? nil : next
    }
}

extension ValueType {
    /// The shape of the page of a listing; nil for other types.
    var pageShape: PageShape? { if case .record(let record) = unwrapped { record.page } else { nil } }

    /// The type of the items of a page; nil if the type is no page of a listing.
    var page: ValueType? {
        guard case .record(let record) = unwrapped, let shape = record.page else { return nil }
        return record.field(shape.items)?.type.item
    }
}
