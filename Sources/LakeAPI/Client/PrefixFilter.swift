package import LakeScript

/// A prefix of a listing that is applied here, because servers lose entries if they page through it with the prefix:
/// the whole listing is requested without the prefix, and filtered.
///
/// This happens if the server keeps users, groups and policies in its own store: on 0.90, on servers with access
/// control lists, and on 1.84 with the contributed server. There the groups of a user end after the first page with a
/// prefix, the effective policies ignore the prefix, and a page that ends with the prefix itself claims to be the last;
/// that happens to pages of one item.
struct PrefixFilter {
    private let prefix: String
    /// The field of an item that is compared with the prefix.
    private let field: String

    /// The filter that a call needs; nil if the server can apply the prefix.
    init?(_ operation: Operation, _ call: OperationCall) {
        guard call.options.isOn(.all), let prefix = call.arguments.given("prefix")?.text,
            operation.losesPages || (operation.area == "auth" && call.arguments["amount"] == 1),
            case .record(let page) = operation.result, case .list(.record(let item))? = page.field("results")?.type
        else { return nil }
        self.prefix = prefix
        field = item.field("id") == nil ? "access_key_id" : "id"
    }

    /// A page with only the matching items.
    func filtered(_ page: Value) -> Value {
        guard var record = page.record, let items = record["results"]?.items else { return page }
        record["results"] = .list(items.filter { ($0[field].text ?? "").utf8.starts(with: prefix.utf8) })
        return .map(record)
    }
}

extension Operation {
    /// True if entries get lost with a prefix, whatever the size of the pages.
    fileprivate var losesPages: Bool { name == "list_user_groups" || name == "list_user_policies" }

    /// The arguments that the request of a call is built from.
    package func asked(by call: OperationCall) -> Record {
        guard PrefixFilter(self, call) != nil else { return call.arguments }
        return Record(call.arguments.filter { $0.0 != "prefix" })
    }
}
