import LakeScript

/// Objects: the files of a lake.
enum ObjectsOperations {
    static let all: [Operation] = [
        listObjects, statObject, headObject, getObject, getUnderlyingProperties, uploadObject, uploadObjectPreflight,
        stageObject, copyObject, updateObjectUserMetadata, deleteObject, deleteObjects, getPhysicalAddress,
        linkPhysicalAddress,
    ]

    private static let listObjects = Operation(
        "list_objects", "listObjects", .get, "/repositories/{repository}/refs/{ref}/objects/ls",
        parameters: [.repository, .init("ref", role: .ref, summary: "a branch, tag, commit id, or `main~1`")] + .page
            + [.userMetadata, .presign, .delimiter],
        answers: [200: .record(.objectStatsList)], errors: [400, 401, 404, 429],
        permission: "fs:ListObjects on repository/{repository}", area: "objects",
        lakectl: "lakectl fs ls lakefs://REPOSITORY/REF/PREFIX",
        summary: "the objects of a ref; with a delimiter those of one folder",
        example: "list_objects lake main --prefix data/ --delimiter /")

    private static let statObject = Operation(
        "stat_object", "statObject", .get, "/repositories/{repository}/refs/{ref}/objects/stat",
        parameters: [
            .repository, .init("ref", role: .ref, summary: "a branch, tag, commit id, or `main~1`"), .path,
            .userMetadata, .presign,
        ],
        answers: [200: .record(.objectStats)], errors: [400, 401, 404, 410, 429],
        permission: "fs:ReadObject on repository/{repository}/object/{path}", area: "objects",
        lakectl: "lakectl fs stat lakefs://REPOSITORY/REF/PATH",
        summary: "size, checksum and metadata of an object",
        example: "stat_object lake main data/a.csv --or null")

    private static let headObject = Operation(
        "head_object", "headObject", .head, "/repositories/{repository}/refs/{ref}/objects",
        parameters: [
            .repository, .init("ref", role: .ref, summary: "a branch, tag, commit id, or `main~1`"), .path, .range,
        ],
        answers: [200: nil, 206: nil], errors: [400, 401, 404, 410, 416, 429],
        permission: "fs:ReadObject on repository/{repository}/object/{path}", area: "objects",
        summary: "checks that an object exists; its headers with --with-headers",
        example: "head_object lake main data/a.csv --or null")

    private static let getObject = Operation(
        "get_object", "getObject", .get, "/repositories/{repository}/refs/{ref}/objects",
        parameters: [
            .repository, .init("ref", role: .ref, summary: "a branch, tag, commit id, or `main~1`"), .path, .range,
            .ifNoneMatch, .presign,
        ],
        answers: [200: .bytes, 206: .bytes, 302: nil, 304: nil], errors: [400, 401, 404, 410, 416, 429],
        permission: "fs:ReadObject on repository/{repository}/object/{path}", area: "objects",
        lakectl: "lakectl fs cat lakefs://REPOSITORY/REF/PATH",
        summary: "the content of an object",
        example: "get_object lake main data/a.csv --or null")

    private static let getUnderlyingProperties = Operation(
        "get_underlying_properties", "getUnderlyingProperties", .get,
        "/repositories/{repository}/refs/{ref}/objects/underlyingProperties",
        parameters: [.repository, .init("ref", role: .ref, summary: "a branch, tag, commit id, or `main~1`"), .path],
        answers: [200: .record(.underlyingObjectProperties)], errors: [400, 401, 404, 429],
        permission: "fs:ReadObject on repository/{repository}/object/{path}", area: "objects",
        summary: "the storage properties of an object",
        example: "get_underlying_properties lake main data/a.csv --or null")

    private static let uploadObject = Operation(
        "upload_object", "uploadObject", .post, "/repositories/{repository}/branches/{branch}/objects",
        parameters: [
            .repository, .branch, .path, .ifNoneMatch, .ifMatch,
            .init("storageClass", .query, summary: "the store's storage class"), .force,
        ],
        body: .init(.bytes, isRequired: false),
        answers: [201: .record(.objectStats)], errors: [400, 401, 403, 404, 412, 429, 501],
        effect: .write, repetition: .converge,
        permission: "fs:WriteObject on repository/{repository}/object/{path}", area: "objects",
        lakectl: "lakectl fs upload lakefs://REPOSITORY/BRANCH/PATH --source FILE",
        summary: "uploads an object to a branch, uncommitted",
        example: "upload_object lake main data/a.csv --content \"id,amount\\n1,10\\n\"")

    private static let uploadObjectPreflight = Operation(
        "upload_object_preflight", "uploadObjectPreflight", .get,
        "/repositories/{repository}/branches/{branch}/objects/stage_allowed",
        parameters: [.repository, .branch, .path],
        answers: [204: nil], errors: [400, 401, 403, 404, 429],
        permission: "fs:WriteObject on repository/{repository}/object/{path}", area: "internal",
        summary: "checks the permission to upload an object",
        example: "upload_object_preflight lake main data/a.csv")

    private static let stageObject = Operation(
        "stage_object", "stageObject", .put, "/repositories/{repository}/branches/{branch}/objects",
        parameters: [.repository, .branch, .path], body: .init(.fields(.objectStageCreation)),
        answers: [201: .record(.objectStats)], errors: [400, 401, 403, 404, 429],
        effect: .write, repetition: .converge,
        permission: "fs:WriteObject on repository/{repository}/object/{path}", area: "internal",
        lakectl: "lakectl fs stage lakefs://REPOSITORY/BRANCH/PATH --location ADDRESS",
        summary: "makes an object of existing data in the store",
        example: "stage_object lake main data/b.csv \"local://lake/b\" d41d8cd98f00b204e9800998ecf8427e 0")

    private static let copyObject = Operation(
        "copy_object", "copyObject", .post, "/repositories/{repository}/branches/{branch}/objects/copy",
        parameters: [
            .repository, .branch,
            .init("dest_path", .query, isRequired: true, role: .path, summary: "the path of the copy"),
        ],
        body: .init(.fields(.objectCopyCreation)),
        answers: [201: .record(.objectStats)], errors: [400, 401, 403, 404, 429],
        effect: .write, repetition: .converge,
        permission: "fs:WriteObject on repository/{repository}/object/{dest_path}", area: "objects",
        summary: "copies an object within a repository",
        example: "copy_object lake main data/copy.csv data/a.csv")

    private static let updateObjectUserMetadata = Operation(
        "update_object_user_metadata", "updateObjectUserMetadata", .put,
        "/repositories/{repository}/branches/{branch}/objects/stat/user_metadata",
        parameters: [.repository, .branch, .path], body: .init(.fields(.updateObjectUserMetadata)),
        answers: [201: nil], errors: [400, 401, 404, 429],
        effect: .write, repetition: .converge,
        permission: "fs:WriteObject on repository/{repository}/object/{path}", area: "objects",
        lakectl: "lakectl fs update-metadata lakefs://REPOSITORY/BRANCH/PATH",
        summary: "replaces the metadata of an object",
        example: "update_object_user_metadata lake main data/a.csv {owner: \"ana\"}")

    private static let deleteObject = Operation(
        "delete_object", "deleteObject", .delete, "/repositories/{repository}/branches/{branch}/objects",
        parameters: [.repository, .branch, .path, .force, .noTombstone],
        answers: [204: nil], errors: [400, 401, 403, 404, 429],
        effect: .destroy, repetition: .converge, ensure: .absent,
        permission: "fs:DeleteObject on repository/{repository}/object/{path}", area: "objects",
        lakectl: "lakectl fs rm lakefs://REPOSITORY/BRANCH/PATH",
        summary: "deletes an object from a branch, uncommitted",
        example: "ensure delete_object lake main data/copy.csv")

    private static let deleteObjects = Operation(
        "delete_objects", "deleteObjects", .post, "/repositories/{repository}/branches/{branch}/objects/delete",
        parameters: [.repository, .branch, .force, .noTombstone], body: .init(.fields(.pathList)),
        answers: [200: .record(.objectErrorList)], errors: [400, 401, 403, 404, 429],
        effect: .destroy, repetition: .converge,
        permission: "fs:DeleteObject on repository/{repository}/object/{path}", area: "objects",
        lakectl: "lakectl fs rm --recursive lakefs://REPOSITORY/BRANCH/PREFIX",
        summary: "deletes objects from a branch, uncommitted; more than 1000 in several requests",
        example: "delete_objects lake main [\"data/b.csv\", \"data/copy.csv\"]")

    private static let getPhysicalAddress = Operation(
        "get_physical_address", "getPhysicalAddress", .get,
        "/repositories/{repository}/branches/{branch}/staging/backing",
        parameters: [.repository, .branch, .path, .presign],
        answers: [200: .record(.stagingLocation)], errors: [400, 401, 404, 429],
        permission: "fs:WriteObject on repository/{repository}/object/{path}", area: "staging",
        summary: "an address in the store to upload an object to",
        example: "get_physical_address lake main data/c.csv")

    private static let linkPhysicalAddress = Operation(
        "link_physical_address", "linkPhysicalAddress", .put,
        "/repositories/{repository}/branches/{branch}/staging/backing",
        parameters: [.repository, .branch, .path, .ifNoneMatch, .ifMatch], body: .init(.fields(.stagingMetadata)),
        answers: [200: .record(.objectStats)], errors: [400, 401, 403, 404, 409, 412, 429, 501],
        effect: .write, repetition: .converge,
        permission: "fs:WriteObject on repository/{repository}/object/{path}", area: "staging",
        summary: "makes an object of the data uploaded to such an address",
        example: """
            let place = get_physical_address lake main data/c.csv
            link_physical_address lake main data/c.csv $place d41d8cd98f00b204e9800998ecf8427e 0
            """)
}
