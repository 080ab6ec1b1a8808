/// The conventions of the API behind a vocabulary, as far as the language depends on them.
package struct Conventions: Sendable {
    /// The page of a listing.
    package let page: PageShape?
    package let address: AddressScheme?
    /// The identities that `as` takes.
    package let identities: [IdentityForm]
    /// The advice for names that other tools have for a command.
    package let foreignCommands: [String: String]

    package init(
        page: PageShape? = nil, address: AddressScheme? = nil, identities: [IdentityForm] = [],
        foreignCommands: [String: String] = [:]
    ) {
        self.page = page
        self.address = address
        self.identities = identities
        self.foreignCommands = foreignCommands
    }
}
