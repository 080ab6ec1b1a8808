package import LakeAssist
internal import LakeRunner

extension Assistant {
    /// The articles of the help, as candidates.
    package static let helpArticles = Article.all.map { Candidate($0.name, $0.summary, .value) }
}
