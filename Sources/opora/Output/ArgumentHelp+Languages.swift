import ArgumentParser
import FoundationEssentials

extension Language {
    /// The language of this process, for texts that are needed before the command line is read: the help.
    static let ofProcess = detect(
        flag: ProcessFlags(CommandLine.arguments).language, environment: ProcessInfo.processInfo.environment)
}

extension ArgumentHelp {
    /// A help text in the language of the process.
    static func both(_ en: String, ru: String, valueName: String? = nil) -> ArgumentHelp {
        ArgumentHelp(stringLiteral: Language.ofProcess.pick(en, ru: ru)).named(valueName)
    }

    private func named(_ valueName: String?) -> ArgumentHelp {
        ArgumentHelp(abstract, discussion: discussion, valueName: valueName)
    }
}

extension String {
    /// A text in the language of the process.
    static func both(_ en: String, ru: String) -> String { Language.ofProcess.pick(en, ru: ru) }
}

/// The flags that matter even where the rest of the command line can't be read.
struct ProcessFlags: Hashable {
    var language: String?
    var json = false
    var noColour = false

    /// Looks at everything before `--`.
    init(_ arguments: [String]) {
        var rest = arguments.dropFirst().prefix { $0 != "--" }
        while let word = rest.popFirst() {
            if word == "--json" { json = true }
            if word == "--no-color" { noColour = true }
            if word == "--lang" { language = rest.first }
            if word.hasPrefix("--lang=") { language = String(word.dropFirst(7)) }
        }
    }
}
