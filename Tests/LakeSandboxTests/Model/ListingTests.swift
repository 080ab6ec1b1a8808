import Testing

@testable import LakeSandbox

/// Listings of paths: pages, prefixes and delimiters.
@Suite struct ListingTests {
    private static let paths = ["a/1", "a/2", "a/b/3", "a/new", "b", "c-5", "c/4"]

    private func page(_ listing: Listing) -> (lines: [String], next: String) {
        let page = listing.lines(of: ListingTests.paths.map { (path: $0, item: 0) })
        return (page.items.map(\.path), page.next)
    }

    @Test(
        "A prefix chooses, a delimiter gathers, `after` skips whole gathered lines",
        arguments: [
            ("", "", "", paths), ("", "/", "", ["a/", "b", "c-5", "c/"]),
            ("a/", "", "", ["a/1", "a/2", "a/b/3", "a/new"]),
            ("a/", "/", "", ["a/1", "a/2", "a/b/", "a/new"]), ("a", "/", "", ["a/"]),
            ("", "-", "", ["a/1", "a/2", "a/b/3", "a/new", "b", "c-", "c/4"]),
            ("", "", "a/b/3", ["a/new", "b", "c-5", "c/4"]), ("", "/", "a/", ["b", "c-5", "c/"]),
            ("c", "", "c-5", ["c/4"]), ("", "/", "a/1", ["a/", "b", "c-5", "c/"]),
            ("zzz", "", "", []), ("", "", "zzz", []),
            ("", "/b", "", ["a/1", "a/2", "a/b", "a/new", "b", "c-5", "c/4"]),
        ])
    func lines(_ prefix: String, _ delimiter: String, _ after: String, _ expected: [String]) {
        let request = PageRequest(prefix: prefix, after: after, amount: 100)
        let (lines, next) = page(Listing(page: request, delimiter: delimiter))
        #expect(lines == expected)
        #expect(next.isEmpty)
    }

    @Test(
        "Gathered differences go on behind all that begins with `after`",
        arguments: [
            ("", "/", "a", ["b", "c-5", "c/"]), ("", "/", "a/", ["b", "c-5", "c/"]), ("", "/", "c", []),
            ("a/", "/", "a/1", ["a/2", "a/b/", "a/new"]), ("a/", "/", "a", ["a/1", "a/2", "a/b/", "a/new"]),
            ("", "", "c", ["c-5", "c/4"]),
        ])
    func passingOver(_ prefix: String, _ delimiter: String, _ after: String, _ expected: [String]) {
        let request = PageRequest(prefix: prefix, after: after, amount: 100)
        #expect(page(Listing(page: request, delimiter: delimiter, passesOver: true)).lines == expected)
    }

    @Test("Pages of every size add up to the whole list, and the last has no next", arguments: ["", "/"], 1...8)
    func paging(_ delimiter: String, _ amount: Int) {
        var listing = Listing(page: PageRequest(amount: 1000), delimiter: delimiter)
        let whole = page(listing).lines
        listing.page.amount = amount
        var (found, pages): ([String], Int) = ([], 0)
        repeat {
            let (lines, next) = page(listing)
            #expect(lines.count <= amount)
            found += lines
            pages += 1
            listing.page.after = next
        } while !listing.page.after.isEmpty
        #expect(found == whole)
        #expect(pages == (whole.count + amount - 1) / amount)
    }
}
