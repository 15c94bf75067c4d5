/// A call of one of a plugin's methods.
public struct MethodCall: Sendable {
    /// The last part of the method's name.
    public var verb: String
    public var params: JSON
    /// The identity that calls.
    public var caller: String
    /// The person for whom it calls, where there is one.
    public var user: UserID?
    /// After so many milliseconds nobody waits for the answer any more.
    public var deadlineMilliseconds: Int64
    private let client: DeskClient
    private let token: String?

    init?(_ params: JSON, _ client: DeskClient) {
        guard let name = params["name"]?.string else { return nil }
        verb = name.split(separator: ".").last.map(String.init) ?? name
        self.params = params["params"] ?? [:]
        caller = params["caller"]?.string ?? ""
        user = params["user"]?.string.flatMap { UserID($0) }
        deadlineMilliseconds = params["deadline_ms"]?.int ?? 0
        token = params["progress_token"]?.string
        self.client = client
    }

    /// Tells the caller how far the work is; nothing where the caller did not ask for it.
    /// - Parameter note: a word about what is being done, up to 200 characters.
    public func progress(_ done: Int64, of total: Int64? = nil, note: String? = nil) {
        guard let token else { return }
        client.notify(
            "$/progress", ["token": .string(token), "done": .int(done), "total": total.map { .int($0) }, "note": .optional(note)])
    }
}
