import OporaStore
import Testing

@testable import OporaStoreSQLite

@Suite("Words of the index")
struct WordsTests {
    /// The terms of a text, those in one place joined by `|`.
    private static func terms(_ text: String) throws -> [String] {
        let db = try Connection(path: ":memory:", use: .index)
        let words = Words(try Folding(try FTS5(db.handle)))
        words.read(text.searchable)
        var places: [String] = []
        for term in words.terms {
            let word = String(decoding: words.bytes(of: term), as: UTF8.self)
            if term.isColocated { places[places.count - 1] += "|" + word } else { places.append(word) }
        }
        return places
    }

    @Test(
        "A word stands as written and by its stem; what is joined stands in parts and as a whole",
        arguments: [
            ("Принтеры не печатают", ["принтеры|принтер", "не", "печатают|печат"]),
            ("Ёлка ёжика", ["елка|елк", "ежика|ежик"]), ("Й й И\u{306}", ["й", "й", "й"]),
            ("заявок Заявка", ["заявок|заявк", "заявка|заявк"]), ("список списка", ["список", "списка|список"]),
            ("настроек настройками", ["настроек|настро", "настройками|настро"]),
            ("звонок звонки", ["звонок|звон", "звонки|звон"]),
            ("копеек копейка", ["копеек|копейк", "копейка|копейк"]),
            ("экран экрана экране", ["экран", "экрана|экран", "экране|экран"]),
            ("Printers printing RUNNING café", ["printers|printer", "printing|print", "running|run", "cafe"]),
            ("T-1042", ["t|t-1042", "1042"]), ("ORA-00942:", ["ora|ora-00942", "00942"]), ("0x80070005", ["0x80070005"]),
            ("a.b@example.org", ["a|a.b@example.org", "b", "example|exampl", "org"]), ("e-mail", ["e|e-mail|email", "mail"]),
            ("Wi-Fi wifi", ["wi|wi-fi|wifi", "fi", "wifi"]), ("и/или", ["и|и/или", "или|ил"]), ("", []), ("— !!! …", []),
            ("a - b", ["a", "b"]), ("x" + String(repeating: "й", count: 100), ["x" + String(repeating: "й", count: 31)]),
            ("日本語", ["日本語"]), ("1С:ЗУП", ["1с|1с:зуп", "зуп"]), ("line\nbreak", ["line", "break"]),
        ] as [(String, [String])])
    func terms(text: String, expected: [String]) throws { #expect(try Self.terms(text) == expected) }
}
