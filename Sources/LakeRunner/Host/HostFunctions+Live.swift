package import LakeAPI
internal import LakeSandbox
package import LakeScript

extension HostFunctions {
    /// The implementation of the built-ins that need a library or other rooms: regular expressions by PCRE2, digests by
    /// libcrypto, YAML by libyaml, and `help`, wrapped to a width.
    package static func live(width: Int? = nil) -> HostFunctions {
        let all = functions.merging(["help": help(width: width ?? 80)]) { $1 }
        return HostFunctions(all) { bytes in Digest.hexadecimal(Digest.hmac(bytes, key: key).prefix(8)) }
    }

    /// The key of the hashes that identify iterations, new in each process.
    private static let key = RandomBytes.make(32)

    private static func help(width: Int) -> Builtin.Function {
        { arguments throws(Failure) in
            let help = Help(width: min(80, width), command: "help")
            guard let topic = arguments[0].text else { return .string(help.topics) }
            guard let text = help.text(on: topic) else { throw Help.unknown(topic) }
            return .string(text)
        }
    }

    private static let functions: [String: Builtin.Function] = [
        "=~": { arguments throws(Failure) in
            .bool(try RegularExpression(try arguments.text(1, "=~")).matches(try arguments.text(0, "=~")))
        },
        "replace": { arguments throws(Failure) in
            let isLiteral = arguments[3] == true
            let expression = try RegularExpression(try arguments.text(1, "replace"), isLiteral: isLiteral)
            let replacement = Replacement(try arguments.text(2, "replace"), isLiteral: isLiteral)
            let replaced = try expression.replacing(in: try arguments.text(0, "replace"), with: replacement)
            return arguments.contains { $0.containsSecret } ? .secret(replaced) : .string(replaced)
        },
        "sha256": { arguments throws(Failure) in try digest(arguments, "sha256", Digest.sha256) },
        "md5": { arguments throws(Failure) in try digest(arguments, "md5", Digest.md5) },
        "to_yaml": { arguments in
            let text = YAML.write(arguments[0])
            return arguments[0].containsSecret ? .secret(text) : .string(text)
        },
        "from_yaml": { arguments throws(Failure) in
            let (text, isSecret) = (Array(try arguments.text(0, "from_yaml").utf8), arguments[0].containsSecret)
            do throws(Failure) {
                let value = try YAML.read(text, isList: arguments[1] == true)
                return isSecret ? value.concealed : value
            } catch {
                throw error.naming(isSecret ? "the secret" : "the text", isSecret: isSecret)
            }
        },
        "to_table": { arguments throws(Failure) in
            var records: [Record] = []
            for item in try arguments.list(0, "to_table") {
                guard let record = item.record else { throw .wrongType("`to_table` takes a list of maps", item) }
                records.append(record)
            }
            let isSecret = arguments[0].containsSecret
            let presenter = ValuePresenter(styler: Styler(isColoured: false), width: nil, revealsSecrets: isSecret)
            let text = Table(records: records, type: .any, presenter: presenter).wholeText
            return isSecret ? .secret(text) : .string(text)
        },
        "operations": { arguments throws(Failure) in
            guard let area = arguments[0].text else { return .list(Catalogue.all.map(\.row)) }
            let found = Catalogue.all.filter { $0.area == area }
            guard found.isEmpty else { return .list(found.map(\.row)) }
            let areas = Catalogue.areas
            let close = DidYouMean.closest(to: area, in: areas).map { "did you mean `\($0)`?" }
            throw .unknownTopic(
                "the API has no area `\(area)`",
                notes: [close ?? "there are \(areas.joined(separator: ", "))"])
        },
    ]

    private static func digest(
        _ arguments: [Value], _ name: String, _ digest: ([UInt8]) -> [UInt8]
    ) throws(Failure) -> Value {
        try Digest.load()
        var bytes: [UInt8] = []
        if case .bytes(let given) = arguments[0] {
            bytes = given
        } else {
            bytes = Array(try arguments.text(0, name).utf8)
        }
        let text = Digest.hexadecimal(digest(bytes))
        return arguments[0].containsSecret ? .secret(text) : .string(text)
    }
}

extension Operation {
    /// A short description of the operation for a table.
    package var row: Value {
        [
            "command": .string(name), "area": .string(area), "effect": .string(effect.rawValue),
            "summary": .string(summary),
        ]
    }
}

extension Catalogue {
    /// The areas of the API, each once.
    fileprivate static var areas: [String] {
        all.map(\.area).reduce(into: []) { areas, area in if !areas.contains(area) { areas.append(area) } }
    }
}
