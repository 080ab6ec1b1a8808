import TestSupport
import Testing

@testable import LakeScript

/// The identities of effects: no two in a run have the same scope and number, and equal runs have equal ones,
/// regardless of the order of answers.
struct ScopeIdentityTests {
    @Test(arguments: [
        // Two loops over equal items, and equal items in a loop.
        """
        for x in ["a"] parallel 2 { create_user $x }
        for x in ["a"] parallel 2 { delete_user $x }
        """,
        #"for x in ["a", "a"] parallel 2 { step "make $x" { create_user $x } }"#,
        #"for x in ["a", "a"] { step "make $x" { create_user $x } }"#,
        #"let a = [1, 2] | each --parallel 2 { print $it }; print $a; let b = [1, 2] | each --parallel 2 { print $it }"#,
        #"for x in [1] parallel 2 { for y in [1] parallel 2 { print $y }; for y in [1] parallel 2 { print $y } }"#,
        #"def f() { step s { print a } }; f; f; step s { print b }; for x in [1, 1] parallel 1 { f }"#,
    ])
    func noTwoEffectsShareAPlace(text: String) throws {
        let places = try ScriptRun(text).places.map(\.place)
        #expect(Set(places).count == places.count, "\(places.sorted())")
    }

    @Test func aChangedValueOfAMapIsAnotherIteration() throws {
        func items(_ map: String) throws -> Set<String> {
            Set(
                try ScriptRun("for k, v in \(map) { print $k }").places.map(\.effect).filter {
                    $0.hasPrefix("enter item")
                })
        }
        let (before, after) = (try items("{a: 1, b: 2}"), try items("{a: 1, b: 3}"))
        #expect(before.count == 2 && before.intersection(after).count == 1)
    }

    @Test(arguments: 0..<60)
    func aRandomScriptHasPlacesOfItsOwnWhateverTheOrderOfAnswers(seed: Int) throws {
        var maker = ScriptMaker(seed: UInt64(seed))
        let text = maker.script()
        let first = try run(text, seed: 1)
        let places = first.map(\.place)
        #expect(Set(places).count == places.count, "\(text)")
        for other in 2...4 {
            let again = try run(text, seed: UInt64(other))
            #expect(
                Set(again.map { "\($0.place) \($0.effect)" }) == Set(first.map { "\($0.place) \($0.effect)" }),
                "\(text)")
        }
    }

    /// Runs a script; the seed decides the order of answers, and an operation's place decides if it fails.
    private func run(_ text: String, seed: UInt64) throws -> [(place: String, effect: String)] {
        var dice = Dice(state: seed)
        var picks = (0..<1000).map { _ in dice.below(1 << 20) }
        var world = ScriptRun.World()
        world.pick = { count in
            picks.append(picks.removeFirst())
            return picks[0] % count
        }
        world.call = { _, origin in
            let place = "\(origin.scope.segments)\(origin.ordinal)".utf8.reduce(7) { ($0 &* 31 &+ Int($1)) & 0xFFFF }
            return place % 5 == 0 ? .failure(Failure(.conflict, "no")) : .value(.null)
        }
        return try ScriptRun(text, world: world).places
    }
}

/// Generates scripts of nested and parallel loops over equal items, with steps, retries, tries and calls of `def`s.
private struct ScriptMaker {
    private var dice: Dice

    init(seed: UInt64) { dice = Dice(state: seed &+ 17) }

    mutating func script() -> String {
        "def f(x) {\n\(block(depth: 1, inDefinition: true))\n}\n" + block(depth: 3, inDefinition: false)
    }

    private mutating func block(depth: Int, inDefinition: Bool) -> String {
        (0...dice.below(3)).map { _ in statement(depth, inDefinition) }.joined(separator: "\n")
    }

    private mutating func statement(_ depth: Int, _ inDefinition: Bool) -> String {
        let choice = depth == 0 ? dice.below(2) : dice.below(9)
        let inside = choice < 2 ? "" : block(depth: depth - 1, inDefinition: inDefinition)
        let items = ["[1, 2]", "[1, 1]", #"["a", "b", "a"]"#][dice.below(3)]
        // A failing body would prevent later ones from starting, which depends on the order; so it is caught.
        let caught = "try {\n\(inside)\n} catch e { print caught }"
        switch choice {
        case 0: return "print x"
        case 1: return inDefinition ? "try { create_user u } catch e { print e }" : "try { f 1 } catch e { print e }"
        case 2:
            return
                "try { step s {\non_failure { print undo }\non_exit { print exit }\n\(inside)\n} } catch e { print e }"
        case 3: return "for i in \(items) {\n\(caught)\n}"
        case 4, 5: return "for i in \(items) parallel \(dice.below(3) + 1) {\n\(caught)\n}"
        case 6: return "let r\(dice.below(1 << 30)) = \(items) | each --parallel 2 {\n\(caught)\n}"
        case 7: return "try { retry 3 every 1s {\ncreate_user u\n\(inside)\n} } catch e { print e }"
        default: return "for k, v in {a: 1, b: 1} parallel 2 {\n\(caught)\n}"
        }
    }
}

private struct Dice {
    var state: UInt64

    /// Returns a random number below a limit (SplitMix64).
    mutating func below(_ limit: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((z ^ (z >> 31)) >> 1) % limit
    }
}
