package import LakeScript

// The failures of a sandbox that is served over HTTP: R0442. They stand below the server, since the help knows their
// pages.
extension Failure {
    package static let codesOfSandbox = [r0442]

    static let r0442 = Code(
        "R0442",
        """
        The sandbox cannot listen on this address. It is HOST:PORT with an IPv4 address or `localhost`. Another program \
        may have the port: port 0 takes a free one.
        """)
    package static func cannotListen(_ message: String, advice: String) -> Failure {
        Failure(r0442, message, notes: [advice])
    }
}
