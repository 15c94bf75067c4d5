import OporaPluginKit

/// What a command tells people and programs: text in their language, tables, JSON.
///
/// With `--json` standard output carries nothing but `data`; lines and tables are for people and left out.
struct Output: Sendable {
    let language: Language
    /// Standard output is a terminal.
    let isTerminal: Bool
    /// `--json` was given.
    let json: Bool
    /// Standard output takes colours.
    let hasColour: Bool
    /// Columns of the terminal; nil for a pipe or a file.
    let width: Int?
    private let screen: Screen

    /// Output to the standard output and error of this process.
    init(language: Language, json: Bool, noColour: Bool, environment: [String: String]) {
        self.language = language
        self.json = json
        isTerminal = Screen.Place.output.isTerminal
        width = Screen.columns(.output)
        let isDumb = environment["TERM"] == "dumb" || environment["NO_COLOR"]?.isEmpty == false
        hasColour = isTerminal && !noColour && !isDumb
        screen = .shared
    }

    /// The one of two texts that is in the reader's language.
    func say(_ en: String, ru: String) -> String { language.pick(en, ru: ru) }

    /// A line on standard output.
    func line(_ en: String, ru: String) {
        if !json { screen.write(say(en, ru: ru), to: .output) }
    }

    /// A line on standard output that is the same in every language: an id, a name, a bar.
    func line(_ text: String) {
        if !json { screen.write(text, to: .output) }
    }

    /// Help, a version or a completion script: what was asked for, with `--json` too.
    func print(help: String) {
        let isHelp = help.hasPrefix("OVERVIEW: ") || help.hasPrefix("USAGE: ")
        screen.write(isHelp ? say(help, ru: HelpTranslation.russian(help)) : help, to: .output)
    }

    /// A remark on standard error.
    func note(_ en: String, ru: String) { screen.write(say(en, ru: ru), to: .error) }

    /// An error on standard error, after the program's name.
    func error(_ en: String, ru: String) { screen.write("opora: \(say(en, ru: ru))", to: .error) }

    /// One line on a terminal's standard error that the next one replaces; nothing where that is no terminal.
    func progress(_ en: String, ru: String) {
        if !json { screen.progress(say(en, ru: ru)) }
    }

    /// Takes the progress line away.
    func endProgress() { screen.endProgress() }

    /// A table on standard output: as wide as the terminal, or as its content in a pipe.
    func table(_ headers: [(en: String, ru: String)], _ rows: [[Cell]]) {
        guard !json else { return }
        let table = TextTable(
            headers: headers.map { say($0.en, ru: $0.ru) }, rows: rows, width: width, hasColour: hasColour)
        let lines = table.lines
        if !lines.isEmpty { screen.write(lines.joined(separator: "\n"), to: .output) }
    }

    /// Labels and values on standard output, never cut: the terminal breaks what is too long for a line.
    func record(_ rows: [[Cell]]) {
        guard !json else { return }
        let lines = TextTable(headers: ["", ""], rows: rows, width: nil, hasColour: hasColour).lines
        if !lines.isEmpty { screen.write(lines.joined(separator: "\n"), to: .output) }
    }

    /// JSON on standard output: indented on a terminal, on one line elsewhere.
    func data(_ json: JSON) { screen.write(isTerminal ? PrettyJSON.text(json) : json.text, to: .output) }

    /// JSON on one line of standard output, also on a terminal: for output that goes on and on.
    func jsonLine(_ json: JSON) { screen.write(PrettyJSON.escaped(json), to: .output) }

    /// A text with a style, where there are colours.
    func styled(_ text: String, _ style: Cell.Style) -> String { TextTable.styled(text, style, hasColour) }

    /// What went wrong, on standard error: text for people, one line of JSON with `--json`.
    func failure(_ failure: Failure) {
        if json { return screen.write(failure.json(language).text, to: .error) }
        screen.write("opora: \(failure.text(language))", to: .error)
    }
}
