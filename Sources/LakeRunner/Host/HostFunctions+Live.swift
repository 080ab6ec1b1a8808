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
            .bool(try RegularExpression(try text(arguments, 1)).matches(try text(arguments, 0)))
        },
        "replace": { arguments throws(Failure) in
            let isLiteral = arguments[3] == true
            let expression = try RegularExpression(try text(arguments, 1), isLiteral: isLiteral)
            let replacement = Replacement(try text(arguments, 2), isLiteral: isLiteral)
            let replaced = try expression.replacing(in: try text(arguments, 0), with: replacement)
            return arguments.contains { $0.containsSecret } ? .secret(replaced) : .string(replaced)
        },
        "sha256": { arguments throws(Failure) in
            try Digest.load()
            let bytes: [UInt8]
            if case .bytes(let given) = arguments[0] {
                bytes = given
            } else {
                bytes = Array(try text(arguments, 0).utf8)
            }
            let digest = Digest.hexadecimal(Digest.sha256(bytes))
            return arguments[0].containsSecret ? .secret(digest) : .string(digest)
        },
        "to_yaml": { arguments in
            let text = YAML.write(arguments[0])
            return arguments[0].containsSecret ? .secret(text) : .string(text)
        },
        "from_yaml": { arguments throws(Failure) in
            let text = Array(try text(arguments, 0).utf8)
            do throws(Failure) {
                let value = try YAML.read(text)
                return arguments[0].containsSecret ? value.concealed : value
            } catch {
                throw .notYAML("the text is not YAML: \(error.message)")
            }
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

    private static func text(_ arguments: [Value], _ index: Int) throws(Failure) -> String {
        guard let text = arguments[index].text else {
            throw .wrongType("expected a string", arguments[index])
        }
        return text
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
