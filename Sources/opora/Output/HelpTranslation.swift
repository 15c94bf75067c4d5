/// The argument parser's own words in Russian: headings of the help and what it says about a wrong command line.
enum HelpTranslation {
    /// How a line begins, in both languages.
    private static let beginnings = [
        ("OVERVIEW: ", ""), ("USAGE: ", "ВЫЗОВ: "), ("ARGUMENTS:", "АРГУМЕНТЫ:"), ("OPTIONS:", "ПАРАМЕТРЫ:"),
        ("SUBCOMMANDS:", "КОМАНДЫ:"), ("Error: ", "Ошибка: "), ("Usage: ", "Вызов: "), ("Help:  ", "Справка:  "),
    ]

    /// Phrases anywhere in a line.
    private static let phrases = [
        ("Show help information.", "Показать эту справку."), ("Show the version.", "Показать версию."),
        ("Show subcommand help information.", "Показать справку по команде."),
        ("(default: ", "(по умолчанию: "), ("(values: ", "(значения: "), ("; default: ", "; по умолчанию: "),
        ("for detailed help.", "— подробнее."), ("for more information.", "— подробнее."), ("  See '", "  Команда '"),
        ("Missing expected argument ", "Не хватает аргумента "), ("Missing one of: ", "Не хватает одного из: "),
        ("Missing value for ", "Не указано значение для "), ("Missing required subcommand.", "Не указана команда."),
        ("Unknown option ", "Неизвестный параметр "), ("Did you mean ", "Может быть, "),
        (" unexpected arguments: ", " — столько лишних аргументов: "), ("Unexpected argument ", "Лишний аргумент "),
        ("The value ", "Значение "), (" is invalid for ", " не подходит для "),
        (". Please provide one of the following:", ". Выберите одно из:"), (". Please provide one of ", ". Выберите одно из: "),
        ("The option ", "Параметр "), (" does not take any value, but ", " не принимает значения, а указано "),
        (" was specified.", "."), ("Invalid option: ", "Неверный параметр: "),
        ("Value to be set with ", "Значение "), (" had already been set with ", " уже было задано: "),
        ("' and '", "' и '"), ("' or '", "' или '"),
    ]

    /// The text with the parser's words translated; ours are in Russian already.
    static func russian(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { line(String($0)) }.joined(separator: "\n")
    }

    private static func line(_ text: String) -> String {
        var line = text
        for (en, ru) in beginnings where line.hasPrefix(en) { line = ru + line.dropFirst(en.count) }
        for (en, ru) in phrases { line = line.replacing(en, with: ru) }
        return line
    }
}
