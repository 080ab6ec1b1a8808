/// All built-ins, by name.
package enum Builtins {
    package static let all: [Builtin] = []

    private static let byName = Dictionary(all.map { ($0.signature.name, $0) }, uniquingKeysWith: { $1 })

    package static subscript(name: String) -> Builtin? { byName[name] }
}
