internal import LakeAPI
internal import LakeRunner
internal import LakeScript

/// `lakesh operations [NAME]`: the catalogue, as a table or as JSON.
enum OperationsCommand {
    static let subcommand = Subcommand(
        signature: Signature(
            "operations",
            [
                Parameter("name", isRequired: false, summary: "one operation", role: .operation),
                Parameter("json", .bool, default: false, summary: "print all facts as JSON"),
            ], summary: "list the operations of the API, or show one", optionalsByPosition: true),
        run: run)

    static func run(_ words: [String], _ console: Console) -> ExitStatus {
        guard case .success(let options) = console.bind(words, to: subcommand.signature) else { return .usage }
        let isJSON = options["json"] == true
        guard let name = options["name"]?.text?.replacingHyphens else {
            list(isJSON, console)
            return .done
        }
        guard let operation = Catalogue[name] else {
            let advice = DidYouMean.closest(to: name, in: Catalogue.all.map(\.name)).map { "did you mean `\($0)`?" }
            return console.usage(.unknownTopic("there is no operation `\(name)`", notes: advice.map { [$0] } ?? []))
        }
        if isJSON {
            write(OperationJSON.value(of: operation), console)
        } else {
            console.output.write(OperationHelp(operation: operation, styler: console.outputStyler).text)
        }
        return .done
    }

    private static func list(_ isJSON: Bool, _ console: Console) {
        if isJSON { return write(.list(Catalogue.all.map { OperationJSON.value(of: $0) }), console) }
        console.output.write(console.presenter().show(.list(Catalogue.all.map(\.row))))
    }

    private static func write(_ value: Value, _ console: Console) {
        console.output.write(String(decoding: JSON.write(value, layout: .indented), as: UTF8.self) + "\n")
    }
}
