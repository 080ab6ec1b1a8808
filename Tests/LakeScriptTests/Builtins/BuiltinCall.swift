import Testing

@testable import LakeScript

/// A call of a pure built-in as the machine makes it: arguments in the order of the signature, defaults put in.
struct BuiltinCall: CustomTestStringConvertible, Sendable {
    let name: String
    let arguments: [Value]
    let result: Value

    init(_ name: String, _ arguments: [Value], _ result: Value = .null) {
        self.name = name
        self.arguments = arguments
        self.result = result
    }

    /// There is no pure built-in of that name.
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

    /// The mistake that it makes, or nil.
    func failure() throws -> Failure? {
        do { _ = try run() } catch let failure as Failure { return failure }
        return nil
    }

    var testDescription: String {
        let texts = arguments.map { String(decoding: JSON.write($0, layout: .compact), as: UTF8.self) }
        return ([name] + texts).joined(separator: " ")
    }
}
