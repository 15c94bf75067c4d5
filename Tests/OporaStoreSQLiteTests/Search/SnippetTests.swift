import OporaDomain
import OporaProtocol
import OporaStore
import Testing

@testable import OporaStoreSQLite

@Suite("Snippets")
struct SnippetTests {
    /// The snippet of a text, with what was found between brackets.
    private static func snippet(_ text: String, _ query: String) throws -> String {
        let db = try Connection(path: ":memory:", use: .index)
        let words = Words(try Folding(try FTS5(db.handle)))
        let expression = MatchExpression(try SearchQuery(parsing: query), isRelaxed: false, words)
        return Snippet(text, expression, words).best.map { $0.isMatch ? "[\($0.text)]" : $0.text }.joined()
    }

    @Test(
        "What was looked for is marked in any form, on one line",
        arguments: [
            ("Принтеры\nне  печатают!", "принтер печать", "[Принтеры] не [печатают]!"),
            ("nothing here", "printer", "nothing here"),
            ("see ORA-00942.", "ora-00942", "see [ORA]-[00942]."), ("printers print", "\"print\"", "printers [print]"),
            ("ёж ЕЖ", "еж", "[ёж] [ЕЖ]"), ("duplicate duplicates", "dupl*", "[duplicate] [duplicates]"), ("", "x", ""),
            ("a -left b", "a -left", "[a] -left b"),
        ] as [(String, String, String)])
    func marked(text: String, query: String, expected: String) throws { #expect(try Self.snippet(text, query) == expected) }

    @Test("The part with most of the words is chosen, and cut at words")
    func chosen() throws {
        let filler = String(repeating: "слово за словом ", count: 60)
        let found = try Self.snippet(filler + "здесь пароль и логин рядом " + filler + "пароль", "пароль логин")
        #expect(found.hasPrefix("… ") && found.hasSuffix(" …") && found.contains("здесь [пароль] и [логин] рядом"))
        #expect(found.count <= Limits.snippetCharacters + 20)
    }
}
