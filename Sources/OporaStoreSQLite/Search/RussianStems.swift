/// Where Snowball's Russian stems serve a help desk badly.
///
/// It takes some nouns for verbs (печать, запись, экран lose a letter that their other forms keep), and keeps a verb apart from
/// the noun of the same deed (настроить, настройка), which people use for the same trouble.
enum RussianStems {
    /// Beginnings of words that belong together, and their common stem. The longest that fits holds.
    private static let families: [(begin: String, stem: String)] = [
        ("печат", "печат"), ("памят", "памят"), ("запис", "запис"), ("подпис", "подпис"), ("экран", "экран"),
        ("надпис", "надпис"), ("рукопис", "рукопис"), ("письм", "письм"), ("писем", "письм"), ("деньг", "деньг"),
        ("денег", "деньг"), ("денеж", "деньг"), ("работ", "работ"), ("срабатыв", "сработ"), ("сработ", "сработ"),
        ("обработ", "обработ"), ("обрабатыв", "обработ"), ("разработ", "разработ"), ("настро", "настро"),
        ("настраив", "настро"), ("обнов", "обнов"), ("подключ", "подключ"), ("отключ", "отключ"), ("включ", "включ"),
        ("выключ", "выключ"), ("оплат", "оплат"), ("оплач", "оплат"), ("плат", "плат"), ("плач", "плат"),
        ("платфор", "платформ"), ("отправ", "отправ"), ("установ", "установ"), ("устанавл", "установ"),
        ("восстанов", "восстанов"), ("восстанавл", "восстанов"), ("остано", "останов"), ("останавл", "останов"),
        ("сброс", "сброс"), ("сбрас", "сброс"), ("загруз", "загруз"), ("загруж", "загруз"), ("выгруз", "выгруз"),
        ("выгруж", "выгруз"), ("перезагруз", "перезагруз"), ("перезагруж", "перезагруз"), ("завис", "завис"),
        ("блокир", "блокир"), ("заблокир", "блокир"), ("разблокир", "разблокир"), ("подтверд", "подтверд"),
        ("подтвержд", "подтверд"), ("регистр", "регистр"), ("зарегистр", "регистр"), ("авториз", "авториз"),
        ("измен", "измен"), ("добав", "добав"), ("доставк", "достав"), ("доставл", "достав"), ("достави", "достав"),
        ("возвра", "возврат"), ("вернут", "возврат"), ("верну", "возврат"), ("верни", "возврат"), ("подписк", "подписк"),
        ("подписок", "подписк"),
        ("подписч", "подписк"), ("ошиб", "ошиб"), ("дубл", "дубл"), ("синхрон", "синхрон"), ("скач", "скач"),
        ("скачив", "скач"), ("сканер", "скан"), ("потер", "потер"), ("пропад", "пропад"), ("пропа", "пропад"),
        ("начисл", "начисл"), ("списа", "списа"), ("списыв", "списа"), ("список", "список"), ("списк", "список"),
        ("вход", "вход"), ("войт", "вход"), ("вошел", "вход"), ("вошл", "вход"), ("зайт", "вход"), ("зашел", "вход"),
        ("логин", "логин"), ("залогин", "логин"), ("окно", "окно"), ("окна", "окно"), ("окон", "окно"), ("оконч", "оконч"),
        ("откры", "откры"), ("закры", "закры"), ("звон", "звон"), ("сканир", "скан"), ("заход", "вход"), ("захож", "вход"),
        ("зашл", "вход"), ("входящ", "входящ"), ("откро", "откры"), ("закро", "закры"),
    ]

    /// Families by the first two letters of their beginning, longest beginning first.
    private static let byBegin: [UInt32: [(begin: [UInt8], stem: [UInt8])]] = {
        var table: [UInt32: [(begin: [UInt8], stem: [UInt8])]] = [:]
        for family in families.sorted(by: { $0.begin.utf8.count > $1.begin.utf8.count }) {
            let begin = Array(family.begin.utf8)
            table[key(begin[...]), default: []].append((begin, Array(family.stem.utf8)))
        }
        return table
    }()

    private static func key(_ word: ArraySlice<UInt8>) -> UInt32 {
        word.prefix(4).reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// The stem of a word that belongs to a family; nil for all others.
    static func corrected(_ word: ArraySlice<UInt8>) -> [UInt8]? {
        guard word.count >= 8, let families = byBegin[key(word)] else { return nil }
        return families.first { word.starts(with: $0.begin) }?.stem
    }

    /// `заявок` and `заявка`, `список` and `списка` are one word: a vowel between the last two consonants comes and goes.
    static func withoutFleetingVowel(_ stem: [UInt8]) -> [UInt8] {
        let letters = stem.count / 2
        // ок or ек at the end of a word of five letters or more: к is D0 BA, о is D0 BE, е is D0 B5.
        guard letters >= 5, stem[stem.count - 4] == 0xd0, stem.suffix(2) == [0xd0, 0xba] else { return stem }
        let vowel = stem[stem.count - 3]
        guard vowel == 0xbe || vowel == 0xb5 else { return stem }
        let before = stem[(stem.count - 6)..<(stem.count - 4)]
        var short = Array(stem.dropLast(4))
        // After a vowel it is an й that is meant: копеек, копейка.
        if isVowel(before) { short += [0xd0, 0xb9] }
        return short + [0xd0, 0xba]
    }

    private static func isVowel(_ letter: ArraySlice<UInt8>) -> Bool {
        ["а", "е", "и", "о", "у", "ы", "э", "ю", "я"].contains { Array($0.utf8)[...] == letter }
    }
}
