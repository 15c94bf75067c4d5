/// A text in both languages, where which one is wanted is known only later.
struct Bilingual: Hashable, Sendable {
    var en: String
    var ru: String

    init(_ en: String, ru: String) {
        self.en = en
        self.ru = ru
    }

    /// The text in one language.
    func text(_ language: Language) -> String { language.pick(en, ru: ru) }
}
