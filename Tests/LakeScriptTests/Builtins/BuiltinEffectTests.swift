import Testing

@testable import LakeScript

@Suite("Built-ins describe themselves")
struct BuiltinEffectTests {
    @Test("an effect names its performer, and nothing else does", arguments: Builtins.all)
    func performer(builtin: Builtin) {
        switch builtin.kind {
        case .effect(let effect, let performer):
            #expect(builtin.performer == performer)
            #expect(builtin.effect() == effect)
        case .pure, .host, .block:
            #expect(builtin.performer == nil)
            #expect(builtin.effect { _ in true } == .read)
        }
    }

    @Test("what changes files, addresses or runs a program is no read")
    func effects() {
        let changing = Builtins.all.filter { $0.effect { _ in true } != .read }.map(\.name)
        #expect(
            Set(changing) == [
                "write_file", "write_json", "write_csv", "reserve_file", "delete_file", "put_url", "get_url", "exec",
            ])
    }

    @Test("rules and inputs speak of parameters that there are", arguments: Builtins.all)
    func places(builtin: Builtin) {
        let places = builtin.signature.parameters.indices
        #expect(builtin.traits.rules.map(\.key).allSatisfy(places.contains))
        #expect(builtin.traits.writtenFile.map(places.contains) != false)
        if builtin.traits.accepts != nil {
            #expect(builtin.signature.parameters.contains { $0.isRequired && $0.type.item == .any })
        }
    }
}
