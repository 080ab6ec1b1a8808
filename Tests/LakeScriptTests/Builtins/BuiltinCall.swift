import Testing

@testable import LakeScript

/// A call of a pure built-in as the machine makes it: arguments in the signature's order, with defaults.
struct BuiltinCall: CustomTestStringConvertible, Sendable {
    let name: String
    let arguments: [Value]
    let result: Value

    init(_ name: String, _ arguments: [Value], _ result: Value = .null) {
        self.name = name
        self.arguments = arguments
        self.result = result
    }

    /// There is no pure built-in with that name.
    struct Unknown: Error {
        let name: String
    }

    func run() throws -> Value {
        guard let builtin = Builtins[name], case .pure(let function) = builtin.kind else { throw Unknown(name: name) }
        let parameters = builtin.signature.parameters
        return try function(
            parameters.indices.map { index in
                index < arguments.count ? arguments[index] : parameters[index].defaultValue ?? .null
            })
    }

    /// Returns the failure of the call, or nil.
    func failure() throws -> Failure? {
        do { _ = try run() } catch let failure as Failure { return failure }
        return nil
    }

    var testDescription: String {
        let texts = arguments.map { String(decoding: JSON.write($0, layout: .compact), as: UTF8.self) }
        return ([name] + texts).joined(separator: " ")
    }
}
