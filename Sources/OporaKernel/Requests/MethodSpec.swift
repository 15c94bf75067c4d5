import OporaProtocol

/// What the kernel knows of a method before it runs it: its name, its parameters, a sentence for people.
struct MethodSpec: Sendable {
    let name: String
    let summary: String
    /// Parameters that must be there.
    let required: [String]
    /// Parameters that may be there.
    let optional: [String]

    /// - Parameter signature: names with blanks between them; a `?` marks one that may be left out.
    init(_ name: String, _ signature: String, _ summary: String) {
        self.name = name
        self.summary = summary
        let words = signature.split(separator: " ").map(String.init)
        required = words.filter { !$0.hasSuffix("?") }
        optional = words.filter { $0.hasSuffix("?") }.map { String($0.dropLast()) }
    }

    /// Refuses parameters that the method does not know, and misses those that it needs.
    func check(_ params: JSONObject) throws(RPCError) {
        for member in params.members where !required.contains(member.name) && !optional.contains(member.name) {
            let known = (required + optional).joined(separator: ", ")
            throw .invalid(
                "/\(member.name)", "unknown", "\(name) has no such parameter; it takes \(known.isEmpty ? "none" : known)")
        }
        for name in required where params[name] == nil { throw .invalid("/\(name)", "required", "is missing") }
    }
}

/// A method that changes something: run by the writer, inside a transaction.
struct CommandMethod: Sendable {
    /// What is looked at before the command is put in front of the writer.
    typealias Admission = @Sendable (Kernel, Request, Identity, Peer) throws(RPCError) -> Void

    let spec: MethodSpec
    /// Nil for most.
    let admit: Admission?
    let run: @Sendable (inout CommandContext) throws -> Void

    init(
        _ name: String, _ signature: String, _ summary: String, admit: Admission? = nil,
        run: @escaping @Sendable (inout CommandContext) throws -> Void
    ) {
        spec = MethodSpec(name, signature, summary)
        self.admit = admit
        self.run = run
    }
}

/// A method that only looks: run by a reader, on an unchanging view.
struct QueryMethod: Sendable {
    let spec: MethodSpec
    let run: @Sendable (inout QueryContext) throws -> Void

    init(_ name: String, _ signature: String, _ summary: String, run: @escaping @Sendable (inout QueryContext) throws -> Void) {
        spec = MethodSpec(name, signature, summary)
        self.run = run
    }
}
