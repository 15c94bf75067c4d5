import ArgumentParser
import FoundationEssentials

/// The languages that the command line speaks to people.
enum Language: String, CaseIterable, Sendable, ExpressibleByArgument {
    case en, ru

    /// The language asked for: `--lang`, then OPORA_LANG, LC_ALL, LC_MESSAGES, LANG; the first that is set decides, and
    /// anything but Russian is English.
    static func detect(flag: String?, environment: [String: String]) -> Language {
        let places = ["OPORA_LANG", "LC_ALL", "LC_MESSAGES", "LANG"]
        let wish = ([flag] + places.map { environment[$0] }).compactMap(\.self).first { !$0.isEmpty }
        // A locale is `ru_RU.UTF-8`: the language is what stands before the territory and the encoding.
        let word = wish?.lowercased().prefix { $0.isLetter }
        return word == "ru" ? .ru : .en
    }

    /// The one of two texts that is in this language.
    func pick(_ en: String, ru: String) -> String {
        switch self {
        case .en: en
        case .ru: ru
        }
    }

    /// A whole number with its thousands set apart.
    func number(_ value: Int64) -> String {
        let digits = String(value.magnitude)
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) { text += pick(",", ru: "\u{a0}") }
            text.append(digit)
        }
        return (value < 0 ? "-" : "") + text
    }

    /// A number with one decimal.
    func decimal(_ value: Double) -> String {
        let tenths = Int64((value * 10).rounded())
        let sign = tenths < 0 ? "-" : ""
        return "\(sign)\(number(Int64(tenths.magnitude) / 10))\(pick(".", ru: ","))\(tenths.magnitude % 10)"
    }

    /// A noun with its number: English has two forms, Russian three (1 строка, 2 строки, 5 строк).
    func counted(_ value: Int64, _ en: (one: String, many: String), ru: (one: String, few: String, many: String)) -> String {
        let word: String
        switch self {
        case .en: word = value == 1 ? en.one : en.many
        case .ru:
            let ten = value.magnitude % 10
            let hundred = value.magnitude % 100
            let isTeen = (11...14).contains(hundred)
            word = isTeen ? ru.many : ten == 1 ? ru.one : (2...4).contains(ten) ? ru.few : ru.many
        }
        return "\(number(value)) \(word)"
    }
}
