import OporaPluginKit
import Testing

@testable import opora

@Suite("Languages")
struct LanguageTests {
    @Test(
        "The first place that says something decides",
        arguments: [
            (nil, [:], .en), ("ru", ["LANG": "en_US.UTF-8"], .ru), ("en", ["LANG": "ru_RU.UTF-8"], .en),
            (nil, ["LANG": "ru_RU.UTF-8"], .ru),
            (nil, ["LANG": "RU"], .ru), (nil, ["LANG": "rup_MK"], .en), (nil, ["LANG": "ru_RU.UTF-8", "LC_ALL": "C"], .en),
            (nil, ["LANG": "ru_RU.UTF-8", "LC_ALL": ""], .ru), (nil, ["LC_MESSAGES": "ru", "LANG": "en"], .ru),
            (nil, ["OPORA_LANG": "ru", "LC_ALL": "en_GB.UTF-8"], .ru), (nil, ["LANG": "de_DE"], .en),
        ] as [(String?, [String: String], Language)])
    func detect(flag: String?, environment: [String: String], expected: Language) {
        #expect(Language.detect(flag: flag, environment: environment) == expected)
    }

    @Test("Flags are found before the command line is read")
    func flags() {
        #expect(ProcessFlags(["opora", "x", "--lang", "ru", "--json"]).language == "ru")
        #expect(ProcessFlags(["opora", "x", "--lang=ru"]).language == "ru")
        #expect(ProcessFlags(["opora", "x", "--json", "--no-color"]).json)
        let after = ProcessFlags(["opora", "x", "--", "--json", "--lang=ru"])
        #expect(!after.json && after.language == nil)
        #expect(ProcessFlags(["opora", "--lang"]).language == nil)
    }

    @Test(
        "Numbers",
        arguments: [
            (0, "0", "0"), (999, "999", "999"), (12_345, "12,345", "12\u{a0}345"),
            (-1_000_000, "-1,000,000", "-1\u{a0}000\u{a0}000"),
        ])
    func numbers(value: Int64, en: String, ru: String) {
        #expect(Language.en.number(value) == en)
        #expect(Language.ru.number(value) == ru)
    }

    @Test("Decimals", arguments: [(0.04, "0.0", "0,0"), (1234.56, "1,234.6", "1\u{a0}234,6"), (-0.5, "-0.5", "-0,5")])
    func decimals(value: Double, en: String, ru: String) {
        #expect(Language.en.decimal(value) == en)
        #expect(Language.ru.decimal(value) == ru)
    }

    @Test(
        "Nouns follow their number",
        arguments: [
            (0, "строк"), (1, "строка"), (2, "строки"), (5, "строк"), (11, "строк"), (14, "строк"), (21, "строка"),
            (22, "строки"), (111, "строк"),
        ])
    func nouns(value: Int64, word: String) {
        #expect(Language.ru.counted(value, ("row", "rows"), ru: ("строка", "строки", "строк")) == "\(value) \(word)")
    }

    @Test("English has two forms")
    func englishNouns() {
        #expect(Language.en.counted(1, ("row", "rows"), ru: ("", "", "")) == "1 row")
        #expect(Language.en.counted(0, ("row", "rows"), ru: ("", "", "")) == "0 rows")
    }

    @Test("Every status, priority, channel, target and state has a word in Russian")
    func words() {
        let isRussian = { (text: String) in text.contains { ("а"..."я").contains($0) } }
        for status in TicketStatus.allCases { #expect(isRussian(Words.status(status.rawValue, .ru))) }
        for priority in Priority.allCases { #expect(isRussian(Words.priority(priority.rawValue, .ru))) }
        for channel in Channel.allCases where channel != .api { #expect(isRussian(Words.channel(channel.rawValue, .ru))) }
        for target in TargetKind.allCases { #expect(isRussian(Words.target(target.rawValue, .ru))) }
        for state in TargetState.allCases { #expect(isRussian(Words.targetState(state.rawValue, .ru))) }
        #expect(Words.status("unheard_of", .ru) == "unheard_of")
    }

    @Test("The parser's words are translated, ours and what was typed are not")
    func help() {
        #expect(HelpTranslation.russian("Error: Unknown option '--foo'") == "Ошибка: Неизвестный параметр '--foo'")
        #expect(
            HelpTranslation.russian("Error: Missing expected argument '<ticket>'") == "Ошибка: Не хватает аргумента '<ticket>'")
        #expect(HelpTranslation.russian("USAGE: opora ticket <subcommand>") == "ВЫЗОВ: opora ticket <subcommand>")
        #expect(HelpTranslation.russian("OVERVIEW: Обращения.\n\nOPTIONS:") == "Обращения.\n\nПАРАМЕТРЫ:")
    }
}
