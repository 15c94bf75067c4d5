/// An error as it travels: a code, a sentence for people, and what programs need besides.
public struct RPCError: Error, Hashable, Sendable, CustomStringConvertible {
    public var code: ErrorCode
    /// English; says what happened, with which input, and what to do now. Not for programs.
    public var message: String
    /// Members of `error.data` beside `code` and `retryable`, e.g. `details`, `current_version`.
    public var data: JSONObject

    public init(_ code: ErrorCode, _ message: String, data: JSONObject = JSONObject()) {
        self.code = code
        self.message = message
        self.data = data
    }

    public var description: String { "\(code.rawValue) (\(code.number)): \(message)" }

    /// `-32602` for one parameter.
    /// - Parameters:
    ///   - path: a JSON pointer into `params`, e.g. `/expected_version`.
    ///   - rule: what was broken, one word: `unknown`, `required`, `type`, `enum`, `range`, `format`.
    public static func invalid(_ path: String, _ rule: String, _ message: String) -> RPCError {
        let detail: JSON = ["path": .string(path), "rule": .string(rule), "message": .string(message)]
        return RPCError(.invalidParams, "\(path): \(message)", data: JSONObject([("details", .array([detail]))]))
    }

    /// Appends the error object: `{"code":…,"message":…,"data":{…}}`.
    public func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("code", code.number)
        writer.member("message", message)
        writer.name("data")
        writer.beginObject()
        writer.member("code", code.rawValue)
        writer.member("retryable", code.isRetryable)
        for member in data.members {
            writer.name(member.name)
            writer.value(member.value)
        }
        writer.endObject()
        writer.endObject()
    }

    /// The error in an answer's `error` member; what is missing there is filled with the plainest reading.
    public init(reading error: JSON) {
        let word = error["data"]?["code"]?.string
        let number = error["code"]?.int
        let known = word.flatMap(ErrorCode.init(rawValue:)) ?? ErrorCode.allCases.first { $0.number == number }
        code = known ?? .internalError
        message = error["message"]?.string ?? "the kernel answered with an error it did not describe"
        data = error["data"]?.object ?? JSONObject()
        data["code"] = nil
        data["retryable"] = nil
    }
}
