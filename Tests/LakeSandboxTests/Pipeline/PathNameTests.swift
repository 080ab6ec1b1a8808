import LakeAPI
import LakeScript
import Testing

@testable import LakeSandbox

/// Names in request paths: the server reads the same name, or nothing is sent.
@Suite struct PathNameTests {
    @Test(
        "a name in any place of any operation's path arrives as it was written, or is refused",
        arguments: [false, true])
    func everyPlace(isOld: Bool) throws {
        let road = Road(isOld: isOld)
        var count = 0
        for operation in road.operations {
            for place in operation.parameters where place.place == .path && place.type == .string {
                for name in Names.all {
                    count += 1
                    let isRefused = Names.mustBeRefused(name, as: place.role)
                    let arrived = try road.arrival(of: name, in: place, of: operation)
                    let expected = isRefused ? nil : Array(name.unicodeScalars)
                    #expect(
                        arrived.map { Array($0.unicodeScalars) } == expected,
                        "\(operation.name) \(place.name) \(JSON.quoted(name))")
                }
            }
        }
        #expect(count > 10_000)
    }

    @Test(
        "two names of one path do not change how each other arrives",
        arguments: ["a%62", "a+b", "a/b", "a b", "é", "~a", "%2B", "a,b"])
    func pairs(_ first: String) throws {
        let road = Road(isOld: false)
        let operation = try #require(Catalogue["diff_refs"])
        for second in ["a%62", "+", "/", "b", "%", "%25+"] {
            let arguments: Record = ["repository": "lake", "left_ref": .string(first), "right_ref": .string(second)]
            let arrived = try road.names(of: operation, arguments)
            #expect(arrived == ["repository": "lake", "leftRef": first, "rightRef": second])
        }
    }

    @Test("a path that is escaped once is unescaped twice, as by the real servers")
    func twice() throws {
        let road = Road(isOld: false)
        #expect(try road.names(of: HTTPRequest(method: "GET", target: "/api/v1/auth/users/a%2562"))["userId"] == "ab")
        // A path whose escapes are not canonical is unescaped only once.
        #expect(
            try road.names(of: HTTPRequest(method: "GET", target: "/api/v1/auth/users/%61%2562"))["userId"] == "a%62")
    }
}

/// Names of all kinds to test with.
private enum Names {
    static let all: [String] = characters + blanks + others + escapes + dots

    /// Every printable ASCII character, inside a name.
    private static let characters = (UInt8(0x21)...0x7E).map { "a" + String(UnicodeScalar($0)) + "b" }
    private static let blanks = [
        " ", " a", "a ", "a b", "a\tb", "a\nb", "a\rb", "a\0b", "\u{7F}", "\u{A0}", "a\u{2028}b", "\u{FEFF}a",
    ]
    private static let others = ["\u{E9}", "e\u{301}", "🦆", "👩‍👩‍👧", "名前", "groß", "مرحبا", "\u{1F1E9}\u{1F1EA}"]
    private static let escapes = [
        "%", "%%", "100%", "a%62", "%25", "%2541", "%zz", "a+%62", "a/%62", "a %62", "%2e%2e", "%2F", "%00", "é%62",
        "+", "/", "?", "#", "~", "main~1", "main^2", "main@", "main$", "a/b", "/a", "a/", "a//b",
    ]
    private static let dots = ["", ".", "..", "...", "a..b", ".a", "a.", "./a", "a/..", "a/../b"]

    /// True for names that cannot contain a `%`, and for names that would change the address.
    static func mustBeRefused(_ name: String, as role: Parameter.Role) -> Bool {
        let ids: [Parameter.Role] = [.user, .group, .policy, .accessKey, .repository, .branch]
        return ["", ".", "..", "./a", "a/..", "a/../b"].contains(name) || name.contains("%") && ids.contains(role)
    }
}

/// The path of a request: built from a call, routed and read by the sandbox.
private struct Road {
    let isOld: Bool
    /// The operations that the catalogue's paths lead to.
    let operations: [LakeAPI.Operation]
    private let router: Router
    private let builder = RequestBuilder()
    private let releases: Releases.Run

    init(isOld: Bool) {
        self.isOld = isOld
        let release = isOld ? ServerVersion(0, 90) : ServerVersion(1, 84)
        releases = Releases.Run(from: release, to: release)
        let contract = Contract.operations(of: release)
        router = Router(contract)
        let names = Set(contract.map(\.command))
        operations = Catalogue.all.filter { names.contains($0.name) }
    }

    /// Returns the name that arrives; nil if it is refused before it is sent.
    func arrival(
        of name: String, in place: OperationParameter, of operation: LakeAPI.Operation
    ) throws -> String? {
        var arguments = Record()
        for parameter in operation.parameters where parameter.place == .path {
            switch parameter.type {
            case .int: arguments[parameter.name] = 7
            case .enumeration(let words): arguments[parameter.name] = .string(words[0])
            default: arguments[parameter.name] = "other"
            }
        }
        arguments[place.name] = .string(name)
        do {
            var names = try self.names(of: operation, arguments)
            let arrived = names.removeValue(forKey: place.wireName)
            #expect(names.values.allSatisfy { ["7", "other", "range"].contains($0) })
            return arrived
        } catch let failure as Failure {
            #expect(failure.kind == .mistake && failure.message.contains(place.name))
            return nil
        }
    }

    /// Returns the names in a call's path, as the server reads them.
    func names(of operation: LakeAPI.Operation, _ arguments: Record) throws -> [String: String] {
        try names(of: builder.request(for: operation, arguments: arguments, credentials: nil, on: releases))
    }

    func names(of request: HTTPRequest) throws -> [String: String] {
        let path = request.target.split(separator: "?")[0].dropFirst("/api/v1".count)
        let match = try #require(router.match(request.method, String(path)), "\(request.target)")
        var names: [String: String] = [:]
        for parameter in match.demands.parameters where parameter.location == .path {
            let raw = ParameterReader.Raw(values: match.path[parameter.name].map { [$0] } ?? [])
            let value = try ParameterReader(isOld: isOld).bind(parameter, raw)
            names[parameter.name] = value?.text ?? value?.integer.map { String($0) }
        }
        return names
    }
}
