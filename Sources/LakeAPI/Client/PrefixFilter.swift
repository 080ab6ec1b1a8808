package import LakeScript

/// A listing that is walked whole and wants only what begins so, where servers lose something when they are asked for
/// that page by page: it is asked for without the prefix, and filtered here.
///
/// Users, groups and policies lie in the server's own store, on 0.90, on servers with access control lists, at 1.84 too
/// where the contributed server keeps them. There the groups of a user are cut after the first page with a prefix, their
/// effective policies know no prefix, and a page that ends with the prefix itself is told to be the last: one of a
/// single item, that is.
struct PrefixFilter {
    private let prefix: String
    /// The field of an item that begins so.
    private let field: String

    /// The filter that a call needs; nil where the server may be asked for the prefix.
    init?(_ operation: Operation, _ call: OperationCall) {
        guard call.options.isOn(.all), let prefix = call.arguments.given("prefix")?.text,
            operation.losesPages || (operation.area == "auth" && call.arguments["amount"] == 1),
            case .record(let page) = operation.result, case .list(.record(let item))? = page.field("results")?.type
        else { return nil }
        self.prefix = prefix
        field = item.field("id") == nil ? "access_key_id" : "id"
    }

    /// A page with only what is wanted.
    func filtered(_ page: Value) -> Value {
        guard var record = page.record, let items = record["results"]?.items else { return page }
        record["results"] = .list(items.filter { ($0[field].text ?? "").utf8.starts(with: prefix.utf8) })
        return .map(record)
    }
}

extension Operation {
    /// Whether pages get lost with a prefix, whatever their size.
    fileprivate var losesPages: Bool { name == "list_user_groups" || name == "list_user_policies" }

    /// The arguments that the request of a call is made of.
    package func asked(by call: OperationCall) -> Record {
        guard PrefixFilter(self, call) != nil else { return call.arguments }
        return Record(call.arguments.filter { $0.0 != "prefix" })
    }
}
