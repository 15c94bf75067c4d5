import OporaProtocol

/// What became of asking a plugin.
enum HookReply: Hashable, Sendable {
    /// It has nothing against it.
    case proceed
    /// It wants other parameters: a merge patch.
    case patch(JSONObject)
    /// It does not allow it.
    case veto(code: String, reason: String)
    /// It did not answer as it should.
    case failure(Failure)

    /// How a hook can fail.
    enum Failure: String, Sendable {
        /// No answer in time.
        case timeout
        /// An error for an answer.
        case error
        /// An answer that is none.
        case malformed
        /// The plugin went away, or is skipped after too many failures.
        case offline
    }

    /// Characters of a veto's reason.
    static let reasonCharacters = 500

    /// Reads the answer to a `hook.call`: the whole JSON-RPC object.
    init(reading answer: JSONObject) {
        if answer["error"] != nil {
            self = .failure(.error)
            return
        }
        let result = answer["result"]
        switch result?["action"]?.string {
        case "continue": self = .proceed
        case "patch": self = (result?["patch"]?.object).map { .patch($0) } ?? .failure(.malformed)
        case "veto":
            let words = Params(object: result?.object ?? JSONObject())
            guard let code = try? words.name("code"), let reason = try? words.text("reason", max: HookReply.reasonCharacters)
            else {
                self = .failure(.malformed)
                return
            }
            self = .veto(code: code, reason: reason)
        default: self = .failure(.malformed)
        }
    }
}
