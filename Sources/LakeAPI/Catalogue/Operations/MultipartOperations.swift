import LakeScript

/// Uploads in parts, directly to the object store.
enum MultipartOperations {
    static let all: [Operation] = [
        createPresignMultipartUpload, completePresignMultipartUpload, abortPresignMultipartUpload, uploadPart,
        uploadPartCopy,
    ]

    private static let createPresignMultipartUpload = Operation(
        "create_presign_multipart_upload", "createPresignMultipartUpload", .post,
        "/repositories/{repository}/branches/{branch}/staging/pmpu",
        parameters: [
            .repository, .branch, .path,
            .init("parts", .query, .int, summary: "the number of parts that need an address"),
        ],
        answers: [201: .record(.presignMultipartUpload)], errors: [400, 401, 404, 429],
        effect: .write, repetition: .append,
        permission: "fs:WriteObject on repository/{repository}/object/{path}", area: "experimental",
        meanings: [
            400: "the branch's name is malformed, or parts is not 0 to 10000",
            404: "no such repository or branch",
            501: "the server's store does not support multipart uploads: only S3 does",
        ],
        summary: "starts an upload in parts; returns one address per part",
        example: "create_presign_multipart_upload lake main data/big.bin --parts 2")

    private static let completePresignMultipartUpload = Operation(
        "complete_presign_multipart_upload", "completePresignMultipartUpload", .put,
        "/repositories/{repository}/branches/{branch}/staging/pmpu/{uploadId}",
        parameters: [.repository, .branch, .upload, .path],
        body: .init(.fields(.completePresignMultipartUpload), isRequired: false),
        answers: [200: .record(.objectStats)], errors: [400, 401, 404, 409, 429],
        effect: .write, repetition: .append,
        probe: Probe("stat_object", ["repository": "repository", "ref": "branch", "path": "path"]),
        permission: "fs:WriteObject on repository/{repository}/object/{path}", area: "experimental",
        meanings: [
            400:
                "the address is not the one given for this repository, branch and path, or has expired; or parts are missing",
            403: "the branch is protected",
            404: "no such repository, or the branch was deleted",
            409: "a commit is in progress: try again",
            500: "the store refuses the parts: too small, unknown, not in order; or the upload has ended",
            501: "the server's store does not support multipart uploads: only S3 does",
        ],
        summary: "completes an upload: makes an object of its parts",
        example: """
            let upload = create_presign_multipart_upload lake main data/big.bin --parts 1
            let part = put_url $upload.presigned_urls[0] --body "all of it"
            let parts = [{part_number: 1, etag: $part.etag}]
            complete_presign_multipart_upload lake main $upload.upload_id data/big.bin $upload.physical_address $parts
            """
    )

    private static let abortPresignMultipartUpload = Operation(
        "abort_presign_multipart_upload", "abortPresignMultipartUpload", .delete,
        "/repositories/{repository}/branches/{branch}/staging/pmpu/{uploadId}",
        parameters: [.repository, .branch, .upload, .path],
        body: .init(.fields(.abortPresignMultipartUpload), isRequired: false),
        answers: [204: nil], errors: [400, 401, 404, 429],
        effect: .destroy, repetition: .converge,
        permission: "fs:WriteObject on repository/{repository}/object/{path}", area: "experimental",
        meanings: [
            400: "the address belongs to another repository, branch or path",
            404: "no such repository",
            500: "the store does not know the upload: it has ended",
            501: "the server's store does not support multipart uploads: only S3 does",
        ],
        summary: "aborts an upload; its parts are deleted",
        example: """
            let upload = create_presign_multipart_upload lake main data/big.bin --parts 1
            abort_presign_multipart_upload lake main $upload.upload_id data/big.bin $upload.physical_address
            """)

    private static let uploadPart = Operation(
        "upload_part", "uploadPart", .put,
        "/repositories/{repository}/branches/{branch}/staging/pmpu/{uploadId}/parts/{partNumber}",
        parameters: [.repository, .branch, .upload, .partNumber, .path], body: .init(.fields(.uploadPartFrom)),
        answers: [200: .record(.uploadTo)], errors: [400, 401, 404, 429],
        repetition: .converge,
        permission: "fs:WriteObject on repository/{repository}/object/{path}", area: "experimental",
        summary: "the address of one part of an upload",
        example: """
            let upload = create_presign_multipart_upload lake main data/big.bin --parts 1
            upload_part lake main $upload.upload_id 1 data/big.bin $upload.physical_address
            """)

    private static let uploadPartCopy = Operation(
        "upload_part_copy", "uploadPartCopy", .put,
        "/repositories/{repository}/branches/{branch}/staging/pmpu/{uploadId}/parts/{partNumber}/copy",
        parameters: [.repository, .branch, .upload, .partNumber, .path], body: .init(.fields(.uploadPartCopyFrom)),
        answers: [204: nil], errors: [400, 401, 404, 429],
        effect: .write, repetition: .converge,
        permission: "fs:WriteObject on repository/{repository}/object/{path}", area: "experimental",
        summary: "makes a part of an upload from an existing object",
        example: """
            let upload = create_presign_multipart_upload lake main data/big.bin --parts 1
            let source = {repository: "lake", ref: "main", path: "data/a.csv"}
            upload_part_copy lake main $upload.upload_id 1 data/big.bin $upload.physical_address $source
            """
    )
}
