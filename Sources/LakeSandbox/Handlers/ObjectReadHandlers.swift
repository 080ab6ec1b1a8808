import LakeScript

/// Reading of objects: content, metadata, lists.
enum ObjectReadHandlers {
    static let handlers: [String: Handler] = [
        "get_object": Handler("fs:ReadObject", Resource.object, get),
        "head_object": Handler("fs:ReadObject", Resource.object, checks: [], head),
        "stat_object": Handler("fs:ReadObject", Resource.object, stat),
        "list_objects": Handler("fs:ListObjects", Resource.repository, list),
        "get_underlying_properties": Handler("fs:ReadObject", Resource.object, properties),
    ]

    /// Returns the repository, which is looked up before the other arguments are checked.
    private static func repository(
        _ state: SandboxState, _ exchange: Exchange, checking checks: [Check]
    ) throws(Fault) -> Repository {
        let repository = try state.repositories[exchange.repositoryID]
        for check in checks { try check(exchange) }
        return repository
    }

    private static func entry(_ state: SandboxState, _ exchange: Exchange) throws(Fault) -> ObjectEntry {
        try repository(state, exchange, checking: [Checks.ref("ref"), Checks.path])
            .object(exchange.query("path"), at: exchange.path("ref"))
    }

    private static let get: Rule = { state, exchange throws(Fault) in
        let entry = try entry(state, exchange)
        let etag = "\"\(entry.checksum)\""
        if let known = exchange.headerParameters["If-None-Match"]?.text, isEqual(known, etag) { return Reply(304) }
        if exchange.flag("presign") {
            return Reply(302, headers: [("Location", try presigned(entry, state, exchange))])
        }
        guard let object = state.repositories.objects[entry.address] else { throw .noData }
        let disposition: [(name: String, value: String)] =
            exchange.profile.isOld ? [] : [("Content-Disposition", "attachment")]
        let headers = commonHeaders(entry, exchange) + disposition
        guard let range = exchange.headerParameters["Range"]?.text else {
            return Reply(200, .bytes(object.bytes, contentType: entry.contentType), headers: headers)
        }
        switch ByteRange.read(range, size: object.size) {
        case .bytes(let bytes):
            let part = object.bytes(in: bytes)
            // 0.90 leaves the type of a part to its HTTP library, which guesses.
            let type = exchange.profile.isOld ? GuessedType.of(part) : entry.contentType
            return Reply(
                206, .bytes(part, contentType: type),
                headers: headers + [
                    ("Content-Range", "bytes \(bytes.lowerBound)-\(bytes.upperBound - 1)/\(object.size)")
                ])
        case .outside: return outOfRange([("ETag", etag), ("Content-Range", "bytes */\(object.size)")])
        case .malformed: return outOfRange([("ETag", etag)])
        }
    }

    private static func outOfRange(_ headers: [(name: String, value: String)]) -> Reply {
        Reply(416, .json(["message": "Requested Range Not Satisfiable"]), headers: headers)
    }

    private static func commonHeaders(
        _ entry: ObjectEntry, _ exchange: Exchange
    ) -> [(name: String, value: String)] {
        [("ETag", "\"\(entry.checksum)\""), ("Last-Modified", HTTPDate.text(entry.modified))]
    }

    /// Answers like `get`, but with the length and type in headers instead of the content.
    private static let head: Rule = { state, exchange throws(Fault) in
        let found: ObjectEntry
        do throws(Fault) {
            try Checks.repository(exchange)
            found = try entry(state, exchange)
        } catch { return Reply(error.kind.rawValue) }
        let headers = commonHeaders(found, exchange) + [("Content-Type", found.contentType)]
        guard let range = exchange.headerParameters["Range"]?.text else {
            let length = ("Content-Length", String(found.size))
            return Reply(200, headers: headers + [("Accept-Ranges", "bytes"), length])
        }
        guard case .bytes(let bytes) = ByteRange.read(range, size: found.size) else { return Reply(416) }
        let place = "bytes \(bytes.lowerBound)-\(bytes.upperBound - 1)/\(found.size)"
        return Reply(206, headers: headers + [("Content-Range", place), ("Content-Length", String(bytes.count))])
    }

    private static let stat: Rule = { state, exchange throws(Fault) in
        var entry = try entry(state, exchange)
        if exchange.query["user_metadata"] == .bool(false) { entry.metadata = Record() }
        let end = try presign(&entry, state, exchange)
        let isShown = !state.profile.isOld
        return .json(
            200, ObjectAnswer.value(of: entry, at: exchange.query("path"), showsMetadata: isShown, until: end))
    }

    private static let list: Rule = { state, exchange throws(Fault) in
        let checks = [Checks.ref("ref"), Checks.pathPart("prefix"), Checks.pathPart("delimiter")]
        let view = try repository(state, exchange, checking: checks).view(of: exchange.path("ref"))
        let listing = Listing(page: exchange.page, delimiter: exchange.query("delimiter"))
        let start = precedes(listing.page.after, listing.page.prefix) ? listing.page.prefix : listing.page.after
        let page = listing.lines(of: view.objects(from: start))
        let showsMetadata = exchange.query["user_metadata"] != .bool(false)
        var lines: [Value] = []
        for line in page.items {
            switch line {
            case .commonPrefix(let prefix): lines.append(ObjectAnswer.value(ofPrefix: prefix))
            case .item(let path, var entry):
                let end = try presign(&entry, state, exchange)
                let isShown = showsMetadata && entry.metadata.count > 0
                lines.append(ObjectAnswer.value(of: entry, at: path, showsMetadata: isShown, until: end))
            }
        }
        return .listing(lines, next: page.next)
    }

    private static let properties: Rule = { state, exchange throws(Fault) in
        _ = try entry(state, exchange)
        return .json(200, ["storage_class": nil])
    }

    /// Replaces the address of an entry by a presigned one if the request asks for that; returns its expiry.
    private static func presign(
        _ entry: inout ObjectEntry, _ state: SandboxState, _ exchange: Exchange
    ) throws(Fault) -> Int? {
        guard exchange.flag("presign") else { return nil }
        entry.address = try presigned(entry, state, exchange)
        return exchange.seconds + PresignedURL.lifetime
    }

    private static func presigned(
        _ entry: ObjectEntry, _ state: SandboxState, _ exchange: Exchange
    ) throws(Fault) -> String {
        guard state.configuration.storage == .s3 else { throw PresignedURL.unsupported }
        return PresignedURL.get(entry.address, exchange, key: state.signingKey)
    }
}

/// JSON of objects.
enum ObjectAnswer {
    /// Content type of an object without one.
    static let anyType = "application/octet-stream"

    /// Returns JSON of an object; `end` is the expiry of its address, if it has one.
    static func value(
        of entry: ObjectEntry, at path: String, showsMetadata: Bool = true, until end: Int? = nil
    ) -> Value {
        var record = Record([
            ("checksum", .string(entry.checksum)), ("content_type", .string(entry.contentType)),
            ("mtime", .int(entry.modified)), ("path", .string(path)), ("path_type", "object"),
            ("physical_address", .string(entry.address)), ("size_bytes", .int(entry.size)),
        ])
        if showsMetadata { record["metadata"] = .map(entry.metadata) }
        if let end { record["physical_address_expiry"] = .int(end) }
        return .map(record)
    }

    /// Returns JSON of a common prefix.
    static func value(ofPrefix prefix: String) -> Value {
        ["checksum": "", "mtime": 0, "path": .string(prefix), "path_type": "common_prefix", "physical_address": ""]
    }
}

/// Content type that Go's HTTP library guesses from the first bytes of a content: text or not, and the kinds of file
/// that are most often in a lake.
enum GuessedType {
    private static let signatures: [(start: [UInt8], type: String)] = [
        (Array("%PDF-".utf8), "application/pdf"), (Array("<?xml".utf8), "text/xml; charset=utf-8"),
        (Array("GIF87a".utf8), "image/gif"), (Array("GIF89a".utf8), "image/gif"),
        ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], "image/png"), ([0xFF, 0xD8, 0xFF], "image/jpeg"),
        ([0x1F, 0x8B, 0x08], "application/x-gzip"), ([0x50, 0x4B, 0x03, 0x04], "application/zip"),
    ]

    static func of(_ bytes: [UInt8]) -> String {
        let head = bytes.prefix(512)
        if let known = signatures.first(where: { head.starts(with: $0.start) }) { return known.type }
        let isBinary = head.contains {
            $0 <= 8 || $0 == 0x0B || (0x0E...0x1A).contains($0) || (0x1C...0x1F).contains($0)
        }
        return isBinary ? ObjectAnswer.anyType : "text/plain; charset=utf-8"
    }
}

/// Dates in HTTP headers: `Sun, 06 Nov 1994 08:49:37 GMT`.
enum HTTPDate {
    private static let weekdays = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// Formats a moment in seconds since 1970.
    static func text(_ seconds: Int) -> String {
        let time = CalendarTime(seconds)
        let days = (seconds - time.secondOfDay) / 86_400
        let clock = [time.secondOfDay / 3600, time.secondOfDay / 60 % 60, time.secondOfDay % 60].map(twoDigits)
        let date = "\(twoDigits(time.day)) \(months[time.month - 1]) \(time.year)"
        return "\(weekdays[((days % 7) + 7) % 7]), \(date) \(clock.joined(separator: ":")) GMT"
    }

    private static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
