import LakeScript

/// Tags: permanent names of commits.
enum TagsOperations {
    static let all: [Operation] = [
        listTags, getTag, createTag, deleteTag,
    ]

    private static let listTags = Operation(
        "list_tags", "listTags", .get, "/repositories/{repository}/tags",
        parameters: [.repository] + .page,
        answers: [200: .record(.refList)], errors: [400, 401, 404, 429],
        permission: "fs:ListTags on repository/{repository}", area: "tags",
        lakectl: "lakectl tag list lakefs://REPOSITORY",
        summary: "the tags of a repository",
        example: "list_tags lake")

    private static let getTag = Operation(
        "get_tag", "getTag", .get, "/repositories/{repository}/tags/{tag}",
        parameters: [.repository, .tag],
        answers: [200: .record(.ref)], errors: [400, 401, 404, 429],
        permission: "fs:ReadTag on repository/{repository}/tag/{tag}", area: "tags",
        lakectl: "lakectl tag show lakefs://REPOSITORY/TAG",
        summary: "a tag and its commit",
        example: "get_tag lake v1 --or null")

    private static let createTag = Operation(
        "create_tag", "createTag", .post, "/repositories/{repository}/tags",
        parameters: [.repository], body: .init(.fields(.tagCreation)),
        answers: [201: .record(.ref)], errors: [400, 401, 403, 404, 409, 429],
        effect: .write, repetition: .createByName,
        ensure: .existing(compare: ["ref=commit_id"], update: nil),
        probe: Probe("get_tag", ["repository": "repository", "tag": "id"]),
        permission: "fs:CreateTag on repository/{repository}/tag/{id}",
        area: "tags",
        lakectl: "lakectl tag create lakefs://REPOSITORY/TAG lakefs://REPOSITORY/REF",
        summary: "creates a tag at a ref",
        example: "ensure create_tag lake v1 main")

    private static let deleteTag = Operation(
        "delete_tag", "deleteTag", .delete, "/repositories/{repository}/tags/{tag}",
        parameters: [
            .repository, .tag, .init("force", .query, .bool, summary: "also on a read-only repository"),
        ],
        answers: [204: nil], errors: [400, 401, 403, 404, 429],
        effect: .destroy, repetition: .converge, ensure: .absent,
        permission: "fs:DeleteTag on repository/{repository}/tag/{tag}", area: "tags",
        lakectl: "lakectl tag delete lakefs://REPOSITORY/TAG",
        summary: "deletes a tag",
        example: "ensure delete_tag lake v1")
}
