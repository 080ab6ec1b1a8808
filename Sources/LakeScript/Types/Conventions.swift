/// The conventions of the API behind a vocabulary, as far as the language depends on them.
package struct Conventions: Sendable {
    /// The page of a listing.
    package var page: PageShape?
    package var address: AddressScheme?
    /// The identities that `as` takes.
    package var identities: [IdentityForm] = []
    /// The advice for names that other tools have for a command.
    package var foreignCommands: [String: String] = [:]

    package init() {}
}
