extension RPCError {
    /// `-32602` for what does not fit a schema.
    /// - Parameters:
    ///   - violations: at least one.
    ///   - path: where the value stands in `params`.
    public static func invalid(_ violations: [Schema.Violation], in path: String = "") -> RPCError {
        let details = violations.map { violation -> JSON in
            ["path": .string(path + violation.path), "rule": .string(violation.rule), "message": .string(violation.message)]
        }
        let first = violations.first.map { "\(path)\($0.path): \($0.message)" } ?? "\(path): does not fit"
        return RPCError(.invalidParams, first, data: JSONObject([("details", .array(details))]))
    }

    /// The same error, its paths below another one.
    public func within(_ path: String) -> RPCError {
        var result = self
        guard let details = data["details"]?.array else { return result }
        result.message = path + message
        result.data["details"] = .array(
            details.map { detail in
                guard var object = detail.object, let inner = object["path"]?.string else { return detail }
                object["path"] = .string(path + inner)
                return .object(object)
            })
        return result
    }
}
