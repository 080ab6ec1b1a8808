import LakeScript
import Testing

@testable import LakeAPI

/// The reads that show whether a call was done.
struct ProbeTests {
    private static let probed = Catalogue.all.filter { $0.probe != nil }

    @Test("a probe reads, and fills all required parameters of the read from parameters of the call", arguments: probed)
    func parameters(_ operation: Operation) throws {
        var probes = [try #require(operation.probe)]
        if case .existing(_, _, let listing?) = operation.ensure { probes.append(listing) }
        let own = Set(operation.command.signature.parameters.map(\.name))
        for probe in probes {
            let read = try #require(Catalogue[probe.read])
            #expect(read.effect == .read)
            let parameters = read.command.signature.parameters
            let given = probe.arguments.map(\.key) + probe.fixed.keys
            #expect(Set(given).isSubset(of: parameters.map(\.name)))
            #expect(Set(parameters.filter(\.isRequired).map(\.name)).isSubset(of: given))
            for (_, source) in probe.arguments {
                // An upload is completed by a body whose path the call gives.
                #expect(own.contains(source) || source == "path", "\(operation.name): \(source)")
            }
        }
    }

    @Test("what ensure compares can be recognised without a person", arguments: probed)
    func recognition(_ operation: Operation) throws {
        guard case .existing = operation.ensure else { return }
        let lookup = try #require(operation.probe?.lookup(for: [:]))
        #expect(lookup.found(in: ["id": "x"]) == ["id": "x"])
    }

    @Test("the command for a person has the call's arguments, those of a whole body too")
    func lines() throws {
        let merge = try #require(Catalogue["merge_into_branch"]?.probe)
        let refs: Record = ["repository": "lake", "source_ref": "dev", "destination_branch": "main"]
        #expect(merge.lookup(for: refs)?.line == "log_commits lake main --amount 3")
        let user = try #require(Catalogue["create_user"]?.probe)
        #expect(user.lookup(for: ["body": ["id": "ana"]])?.line == "get_user ana")
        #expect(user.lookup(for: [:])?.line == "get_user ?")
    }

    @Test("a listing recognises the entry that has the name itself")
    func listing() throws {
        guard case .existing(_, _, let listing?) = Catalogue["create_repository"]?.ensure else {
            Issue.record("create_repository has no listing")
            return
        }
        let lookup = try #require(listing.lookup(for: ["name": "lake"]))
        #expect(lookup.arguments == ["prefix": "lake", "amount": 1])
        #expect(lookup.found(in: ["results": [["id": "lake"]]]) == ["id": "lake"])
        #expect(lookup.found(in: ["results": [["id": "lake2"]]]) == nil)
    }
}
