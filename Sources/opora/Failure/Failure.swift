import OporaPluginKit

/// Why a command ended without success: what happened, with which input, and what to do now.
struct Failure: Error, Hashable, Sendable {
    var status: ExitStatus
    /// A word for programs: the kernel's code, or one of ours such as `no_kernel`.
    var code: String
    var what: Bilingual
    var hint: Bilingual?
    /// What the kernel said besides, e.g. `current_version`.
    var data: JSONObject

    init(_ status: ExitStatus, _ code: String, _ what: Bilingual, hint: Bilingual? = nil, data: JSONObject = JSONObject()) {
        self.status = status
        self.code = code
        self.what = what
        self.hint = hint
        self.data = data
    }

    /// A wrong command line that the parser could not see.
    static func usage(_ en: String, ru: String) -> Failure { Failure(.usage, "usage", Bilingual(en, ru: ru)) }

    /// Input that can't be used.
    static func badData(_ en: String, ru: String) -> Failure { Failure(.badData, "bad_data", Bilingual(en, ru: ru)) }

    /// An answer of the kernel in which something is missing.
    static func badAnswer(_ method: String) -> Failure {
        Failure(
            .internalFault, "bad_answer",
            Bilingual(
                "\(method): the kernel's answer can't be read; kernel and command line may be of different versions",
                ru: "\(method): ответ ядра не читается; возможно, у ядра и команды разные версии"))
    }

    /// Text for people, without the program's name; the hint on a line of its own.
    func text(_ language: Language) -> String {
        let lines = [what.text(language)] + (hint.map { ["  " + $0.text(language)] } ?? [])
        return lines.map(PlainText.line).joined(separator: "\n")
    }

    /// One object for programs.
    func json(_ language: Language) -> JSON {
        var error = JSONObject([
            ("code", .string(code)), ("message", .string(what.text(language))), ("exit_status", .int(Int64(status.rawValue))),
        ])
        error["hint"] = .optional(hint?.text(language))
        if !data.members.isEmpty { error["data"] = .object(data) }
        return ["error": .object(error)]
    }
}
