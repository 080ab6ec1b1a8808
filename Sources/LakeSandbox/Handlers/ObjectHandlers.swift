import LakeAPI
import LakeScript

/// Objects as they change: uploaded, copied, linked, removed. Reading them is in `ObjectReadHandlers`.
enum ObjectHandlers {
    static let handlers: [String: Handler] = [
        "upload_object": handler("fs:WriteObject", Subjects.object, upload),
        "upload_object_preflight": handler("fs:WriteObject", Subjects.object, checks: [], Preflight.rule),
        "stage_object": handler("fs:WriteObject", Subjects.object, stage),
        "copy_object": handler(needsToCopy, copy),
        "delete_object": handler("fs:DeleteObject", Subjects.object, checks: Argument.objectOnBranch, delete),
        "delete_objects": deleteMany,
        "update_object_user_metadata": handler(
            "fs:WriteObject", Subjects.object, checks: Argument.objectOnBranch, updateMetadata),
        "get_physical_address": handler("fs:WriteObject", Subjects.object, physicalAddress),
        "link_physical_address": handler("fs:WriteObject", Subjects.object, link),
    ]

    /// The most paths that one request may delete.
    private static let maximumPaths = 1000

    private static let upload: Rule = { state, exchange throws(Fault) in
        let repository = try state.repositories[exchange.repositoryID]
        try checkBranch(exchange, repository)
        let onlyNew = try isOnlyNew(exchange)
        let content = try UploadedContent(
            exchange.request, takesRawBodies: Contract.takesRawBodies(state.profile.release))
        var entry = store(content.bytes, contentType: content.type, in: repository, &state, exchange)
        entry.metadata = userMetadata(exchange)
        try put(entry, onlyNew: onlyNew, &state, exchange)
        return .json(
            201, ObjectAnswer.value(of: entry, at: exchange.query("path"), showsMetadata: !state.profile.isOld))
    }

    /// Whether an object must not be there yet. The stores that are imitated know no other condition.
    private static func isOnlyNew(_ exchange: Exchange) throws(Fault) -> Bool {
        guard exchange.headerParameters["If-Match"] == nil else { throw .notImplemented }
        guard let condition = exchange.headerParameters["If-None-Match"]?.text else { return false }
        guard isEqual(condition, "*") else { throw .notImplemented }
        return true
    }

    /// The user's own fields, from headers `X-Lakefs-Meta-…`.
    private static func userMetadata(_ exchange: Exchange) -> Record {
        let prefix = "x-lakefs-meta-"
        var metadata = Record()
        for (name, value) in exchange.request.headers {
            let name = name.lowercased()
            if name.begins(with: prefix) { metadata[name.droppingBytes(prefix.utf8.count)] = .string(value) }
        }
        return metadata
    }

    private static func put(
        _ entry: ObjectEntry, onlyNew: Bool = false, _ state: inout SandboxState, _ exchange: Exchange
    ) throws(Fault) {
        try state.repositories.change(exchange.repositoryID) { repository throws(Fault) in
            try repository.put(
                entry, at: exchange.query("path"), on: exchange.branchID, force: exchange.isForced, onlyNew: onlyNew)
        }
    }

    /// Throws where the branch of the path is none. Writing says so in other words than the rest of the API.
    static func checkBranch(_ exchange: Exchange, _ repository: Repository) throws(Fault) {
        try Names.checkBranch(exchange.branchID, as: "name")
        guard repository.branches.contains(exchange.branchID) else {
            throw Fault(.notFound, "branch '\(exchange.branchID)' not found")
        }
    }

    /// Puts bytes into the store under a new address; what is known of them.
    static func store(
        _ bytes: [UInt8], contentType: String, in repository: Repository, _ state: inout SandboxState,
        _ exchange: Exchange
    ) -> ObjectEntry {
        let object = StoredObject(bytes)
        let address =
            repository.addressPrefix + PhysicalAddress.new(at: exchange.seconds, random: &state.random)
        state.repositories.objects[address] = object
        return ObjectEntry(
            checksum: object.etag, size: object.size, address: address, contentType: contentType,
            metadata: Record(), modified: exchange.seconds)
    }

    /// Links an object that lies anywhere in a store of the server's kind. The branch is looked for last.
    private static let stage: Rule = { state, exchange throws(Fault) in
        _ = try state.repositories[exchange.repositoryID]
        let (body, address) = (exchange.body, exchange.body["physical_address"].text ?? "")
        let storage = state.configuration.storage.rawValue
        guard address.begins(with: storage + "://") else {
            throw Fault(.invalid, "physical address is not valid for block adapter: " + storage)
        }
        try Argument.branch(exchange)
        let entry = ObjectEntry(
            checksum: body["checksum"].text ?? "", size: body["size_bytes"].integer ?? 0, address: address,
            contentType: body["content_type"].text ?? ObjectAnswer.anyType,
            metadata: body["metadata"].record ?? Record(),
            modified: body["mtime"].integer ?? exchange.seconds)
        try put(entry, &state, exchange)
        let showsMetadata = !body["metadata"].isNull
        return .json(201, ObjectAnswer.value(of: entry, at: exchange.query("path"), showsMetadata: showsMetadata))
    }

    private static let needsToCopy: @Sendable (Exchange) -> Requirement = { exchange in
        let source = ARN.object(exchange.body["src_path"].text ?? "", in: exchange.repositoryID)
        let destination = ARN.object(exchange.query("dest_path"), in: exchange.repositoryID)
        return .all([
            .need("fs:ReadObject", source),
            .need("fs:WriteObject", destination),
        ])
    }

    private static let copy: Rule = { state, exchange throws(Fault) in
        let (path, destination) = (exchange.body["src_path"].text ?? "", exchange.query("dest_path"))
        let repository = try state.repositories[exchange.repositoryID]
        try checkBranch(exchange, repository)
        guard !exchange.bodyFlag("shallow") else { throw .notImplemented }
        try Names.checkPath(path)
        let reference = exchange.body["src_ref"].text ?? ""
        var entry = try repository.object(path, at: reference.isEmpty ? exchange.branchID : reference)
        let bytes = state.repositories.objects[entry.address]
        entry.address = repository.addressPrefix + PhysicalAddress.new(at: exchange.seconds, random: &state.random)
        entry.modified = exchange.seconds
        state.repositories.objects[entry.address] = bytes
        try state.repositories.change(exchange.repositoryID) { repository throws(Fault) in
            try repository.put(entry, at: destination, on: exchange.branchID, force: exchange.isForced)
        }
        return .json(201, ObjectAnswer.value(of: entry, at: destination, showsMetadata: !state.profile.isOld))
    }

    private static let delete: Rule = { state, exchange throws(Fault) in
        try remove(exchange.query("path"), &state, exchange)
        return .noContent
    }

    private static func remove(_ path: String, _ state: inout SandboxState, _ exchange: Exchange) throws(Fault) {
        try state.repositories.change(exchange.repositoryID) { repository throws(Fault) in
            try repository.remove(path, on: exchange.branchID, force: exchange.isForced)
        }
    }

    /// Each path is asked for by itself; what did not go is listed. An unknown branch is no error here, and neither is
    /// an empty path, but with one among them nothing is removed. A missing right is an answer of its own, 401; those that
    /// follow, and the list, are written behind it.
    private static let deleteMany: Handler = { state, exchange throws(Refusal) in
        let paths = (exchange.body["paths"].items ?? []).compactMap(\.text)
        guard paths.count <= maximumPaths else {
            throw Refusal(400, "request size exceeded, max paths is set to \(maximumPaths)")
        }
        try exchange.requireUser()
        do throws(Fault) {
            try Argument.repository(exchange)
            _ = try state.repositories[exchange.repositoryID]
        } catch { throw Refusal(error) }
        var (allowed, errors, refusals): ([String], [Value], [UInt8]) = ([], [], [])
        for path in paths {
            do throws(Refusal) {
                try exchange.authorize("fs:DeleteObject", ARN.object(path, in: exchange.repositoryID), in: state)
                allowed.append(path)
            } catch {
                errors.append(failure(Refusal(error.status, "Unauthorized"), of: path))
                refusals += JSON.write(["message": .string(error.message)], layout: .compact) + [0x0A]
            }
        }
        for path in allowed where !allowed.contains("") {
            do throws(Fault) { try remove(path, &state, exchange) } catch {
                if error != .branchNotFound { errors.append(failure(Refusal(error), of: path)) }
            }
        }
        let list: Value = ["errors": .list(errors)]
        guard !refusals.isEmpty else { return .json(200, list) }
        let body = refusals + JSON.write(list, layout: .compact) + [0x0A]
        return Reply(401, .bytes(body, contentType: "application/json"))
    }

    private static func failure(_ refusal: Refusal, of path: String) -> Value {
        ["message": .string(refusal.message), "path": .string(path), "status_code": .int(refusal.status)]
    }

    private static let updateMetadata: Rule = { state, exchange throws(Fault) in
        let (path, branch) = (exchange.query("path"), exchange.branchID)
        try state.repositories.change(exchange.repositoryID) { repository throws(Fault) in
            _ = try repository.writableBranch(branch, force: exchange.isForced)
            var entry = try within("update user metadata on \(repository.id)/\(branch)/\(path)") { () throws(Fault) in
                try repository.object(path, at: branch)
            }
            entry.metadata = exchange.body["set"].record ?? Record()
            try repository.put(entry, at: path, on: branch, force: exchange.isForced)
        }
        return .noContent
    }

    private static let physicalAddress: Rule = { state, exchange throws(Fault) in
        let repository = try state.repositories[exchange.repositoryID]
        try checkBranch(exchange, repository)
        let address = PhysicalAddress.signed(
            PhysicalAddress.new(at: exchange.seconds, random: &state.random), exchange.binding, key: state.signingKey)
        let whole = repository.addressPrefix + address
        guard exchange.flag("presign") else {
            return .json(200, ["physical_address": .string(whole), "presigned_url": nil])
        }
        guard state.configuration.storage == .s3 else { throw PresignedURL.unsupported }
        let url = PresignedURL.put(whole, exchange, key: state.signingKey)
        return .json(
            200,
            [
                "physical_address": .string(whole), "presigned_url": .string(url),
                "presigned_url_expiry": .int(exchange.seconds + PresignedURL.lifetime),
            ])
    }

    private static let link: Rule = { state, exchange throws(Fault) in
        let repository = try state.repositories[exchange.repositoryID]
        let onlyNew = try isOnlyNew(exchange)
        let body = exchange.body
        let address = body["staging"]["physical_address"].text ?? ""
        let relative = try repository.relative(address)
        try PhysicalAddress.check(relative, exchange.binding, at: exchange.seconds, key: state.signingKey)
        let checksum = (body["checksum"].text ?? "").withoutQuotesAndBlanks
        guard !checksum.isEmpty else { throw Fault(.invalid, "checksum is required") }
        let entry = ObjectEntry(
            checksum: checksum, size: body["size_bytes"].integer ?? 0, address: address,
            contentType: body["content_type"].text ?? ObjectAnswer.anyType,
            metadata: body["user_metadata"].record ?? Record(), modified: body["mtime"].integer ?? exchange.seconds)
        try put(entry, onlyNew: onlyNew, &state, exchange)
        return .json(200, ObjectAnswer.value(of: entry, at: exchange.query("path")))
    }
}

extension String {
    /// An ETag as it was meant, quoted or not.
    fileprivate var withoutQuotesAndBlanks: String {
        let isPadding: (Character) -> Bool = { $0 == "\"" || $0.isWhitespace }
        return String(String(drop(while: isPadding).reversed().drop(while: isPadding)).reversed())
    }
}

extension Exchange {
    /// What a signed address of this request is good for.
    var binding: PhysicalAddress.Binding {
        PhysicalAddress.Binding(repository: repositoryID, branch: branchID, path: query("path"))
    }
}

extension Repository {
    /// An address without the namespace.
    ///
    /// - Throws: a fault where it is not below the namespace, or has none in front.
    func relative(_ address: String) throws(Fault) -> String {
        guard address.begins(with: addressPrefix) else {
            throw Fault(.invalid, "physical address must be relative to the storage namespace")
        }
        return address.droppingBytes(addressPrefix.utf8.count)
    }
}
