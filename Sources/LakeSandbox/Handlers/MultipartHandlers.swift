import LakeScript

/// Presigned multipart uploads: the API returns addresses, and the store behind them receives the parts.
enum MultipartHandlers {
    static let handlers: [String: Handler] = [
        "create_presign_multipart_upload": Handler("fs:WriteObject", Resource.object, create),
        "upload_part": Handler("fs:WriteObject", Resource.object, uploadPart),
        "upload_part_copy": Handler(
            .permissions([
                Permission("fs:WriteObject", Resource.object),
                Permission("fs:ReadObject", ARN.object("{copy_source.path}", in: "{copy_source.repository}")),
            ]), copyPart),
        "complete_presign_multipart_upload": Handler("fs:WriteObject", Resource.object, complete),
        "abort_presign_multipart_upload": Handler("fs:WriteObject", Resource.object, abort),
    ]

    /// Largest number of parts that the store accepts.
    private static let maximumParts = 10_000

    /// Returns the repository. Throws if its store does not support such uploads; branch and parts are checked later.
    private static func repository(_ state: SandboxState, _ exchange: Exchange) throws(Fault) -> Repository {
        let repository = try state.repositories[exchange.repositoryID]
        try checkSupport(state)
        return repository
    }

    private static func checkSupport(_ state: SandboxState) throws(Fault) {
        guard state.configuration.storage == .s3 else {
            throw Fault(.unsupported, "presign multipart upload API is not supported")
        }
    }

    private static let create: Rule = { state, exchange throws(Fault) in
        let repository = try repository(state, exchange)
        try ObjectHandlers.checkBranch(exchange, repository)
        let count = exchange.query["parts"]?.integer ?? 0
        guard (0...maximumParts).contains(count) else {
            throw Fault(.invalid, "parts can be between 0 and \(maximumParts)")
        }
        let address =
            repository.addressPrefix
            + PhysicalAddress.signed(
                PhysicalAddress.new(at: exchange.seconds, random: &state.random), exchange.binding,
                key: state.signingKey)
        let id = Base64.encode(state.random.bytes(48)).urlSafe
        state.repositories.objects.begin(id, to: address)
        var answer = Record([("physical_address", .string(address)), ("upload_id", .string(id))])
        if count > 0 {
            let urls = (1...count).map {
                PresignedURL.part($0, of: id, address, exchange, key: state.signingKey)
            }
            answer["presigned_urls"] = .list(urls.map(Value.string))
        }
        return .json(201, .map(answer))
    }

    /// Returns the address in the body, which must have been issued for this repository, branch and path.
    private static func address(
        _ repository: Repository, _ state: SandboxState, _ exchange: Exchange
    ) throws(Fault) -> (whole: String, relative: String) {
        let whole = exchange.field("physical_address")
        let relative = try repository.relative(whole)
        try PhysicalAddress.check(relative, exchange.binding, at: exchange.seconds, key: state.signingKey)
        return (whole, relative)
    }

    /// Does not look for the upload, and checks the store only after the address.
    private static let uploadPart: Rule = { state, exchange throws(Fault) in
        let repository = try state.repositories[exchange.repositoryID]
        let address = try address(repository, state, exchange)
        try checkSupport(state)
        let url = PresignedURL.part(
            Int(exchange.path("partNumber")) ?? 0, of: exchange.path("uploadId"), address.whole, exchange,
            key: state.signingKey)
        return .json(200, ["presigned_url": .string(url)])
    }

    /// Copies bytes of an existing object into a part and answers the part's ETag in a header.
    private static let copyPart: Rule = { state, exchange throws(Fault) in
        let address = try address(try state.repositories[exchange.repositoryID], state, exchange)
        try checkSupport(state)
        let source = exchange.body["copy_source"]
        let (ref, path) = (source["ref"].text ?? "", source["path"].text ?? "")
        let origin = try state.repositories[source["repository"].text ?? ""]
        let entry = try within("\(origin.id)/\(ref)/\(path)") { () throws(Fault) in
            try origin.object(path, at: ref)
        }
        guard let object = state.repositories.objects[entry.address] else { throw .noData }
        let etag = try state.repositories.objects.copy(
            try bytes(source["range"].text, of: object), as: Int(exchange.path("partNumber")) ?? 0,
            of: exchange.path("uploadId"), to: address.whole)
        return Reply(204, headers: [("ETag", etag)])
    }

    private static func bytes(_ range: String?, of object: StoredObject) throws(Fault) -> [UInt8] {
        guard let range else { return object.bytes }
        guard case .bytes(let bytes) = ByteRange.read(range, size: object.size) else {
            throw Fault(.rangeNotSatisfiable, "Requested Range Not Satisfiable")
        }
        return object.bytes(in: bytes)
    }

    private static let complete: Rule = { state, exchange throws(Fault) in
        let repository = try repository(state, exchange)
        let body = exchange.body
        try requireAddress(body)
        let parts = (body["parts"].items ?? []).map {
            (number: $0["part_number"].integer ?? 0, etag: $0["etag"].text ?? "")
        }
        guard !parts.isEmpty else { throw Fault(.invalid, "parts are required") }
        let address = try address(repository, state, exchange)
        let object = try state.repositories.objects.complete(
            exchange.path("uploadId"), to: address.whole, parts)
        var entry = ObjectEntry(
            checksum: object.etag, size: object.size, address: address.whole,
            contentType: body["content_type"].text ?? ObjectAnswer.anyType,
            metadata: body["user_metadata"].record ?? Record(), modified: exchange.seconds)
        try state.repositories.change(exchange.repositoryID) { repository throws(Fault) in
            try repository.put(entry, at: exchange.query("path"), on: exchange.branchID, force: false)
        }
        // Only this answer of the real server has the address as it is stored, without the namespace.
        entry.address = address.relative
        return .json(200, ObjectAnswer.value(of: entry, at: exchange.query("path")))
    }

    private static let abort: Rule = { state, exchange throws(Fault) in
        let repository = try repository(state, exchange)
        try requireAddress(exchange.body)
        let address = try address(repository, state, exchange)
        try state.repositories.objects.abort(exchange.path("uploadId"), to: address.whole)
        return .noContent
    }

    private static func requireAddress(_ body: Value) throws(Fault) {
        guard !(body["physical_address"].text ?? "").isEmpty else {
            throw Fault(.invalid, "physical_address is required")
        }
    }
}
