/// Files of a repository that is created with `sample_data`.
enum SampleData {
    private static let files: [(path: String, contentType: String, text: String)] = [
        (
            "README.md", "text/markdown",
            "# Sample data\n\nThe largest lakes, to try branches, commits and merges with.\n"
        ),
        (
            "data/lakes.csv", "text/csv",
            "name,country,area_km2,depth_m\nSuperior,CA,82100,406\nVictoria,TZ,68870,83\nBaikal,RU,31500,1642\n"
        ),
        (
            "images/lake.svg", "image/svg+xml",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><circle cx=\"4\" cy=\"4\" r=\"3\"/></svg>\n"
        ),
    ]

    /// Adds the files to a new repository, commits them, and protects the branch.
    static func add(to repository: inout Repository, _ state: inout SandboxState, _ exchange: Exchange) throws(Fault) {
        for file in files {
            let entry = ObjectHandlers.store(
                Array(file.text.utf8), contentType: file.contentType, in: repository, &state, exchange)
            try repository.put(entry, at: file.path, on: repository.defaultBranch, force: true)
        }
        let draft = CommitDraft(
            committer: exchange.user ?? "", message: "Add sample data", created: exchange.seconds)
        _ = try repository.commit(
            draft, on: repository.defaultBranch, metaRange: "", allowEmpty: false, force: true, run: "")
        repository.rules.add(repository.defaultBranch)
    }
}
