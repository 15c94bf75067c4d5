import OporaPluginKit
import Testing

@testable import opora

@Suite("Output")
struct OutputTests {
    @Test(
        "Columns of a terminal",
        arguments: [
            ("", 0), ("abc", 3), ("привет", 6), ("漢字", 4), ("한글", 4), ("ｆｕｌｌ", 8), ("e\u{301}", 1), ("🔥", 2), ("👩‍👩‍👧", 2), ("❤️", 2),
            ("—", 1), ("…", 1), ("\u{200b}", 0), ("a\u{a0}b", 3), ("█", 1),
        ])
    func width(text: String, columns: Int) { #expect(DisplayWidth.of(text) == columns) }

    @Test(
        "Texts are cut with a sign",
        arguments: [
            ("abcdef", 6, "abcdef"), ("abcdef", 5, "abcd…"), ("漢字漢字", 5, "漢字…"), ("漢字漢字", 4, "漢…"), ("ab", 1, "…"), ("ab", 0, ""),
        ])
    func cut(text: String, columns: Int, result: String) {
        #expect(DisplayWidth.cut(text, to: columns) == result)
        #expect(DisplayWidth.of(DisplayWidth.cut(text, to: columns)) <= columns)
    }

    @Test(
        "What people wrote can't steer the terminal",
        arguments: [
            ("plain текст", "plain текст"), ("a\nb\tc", "a b c"), ("\u{1b}[31mred", "\u{fffd}[31mred"),
            ("\u{9b}31m", "\u{fffd}31m"),
            ("a\u{202e}b", "a\u{fffd}b"), ("a\u{0}b\u{7f}", "a\u{fffd}b\u{fffd}"),
        ])
    func plain(text: String, shown: String) { #expect(PlainText.line(text) == shown) }

    @Test("Lines of a message stay lines")
    func lines() { #expect(PlainText.lines("a\r\nb\n\nc\u{1b}") == ["a", "b", "", "c\u{fffd}"]) }

    @Test("A table aligns by what is shown, not by bytes")
    func table() {
        let table = TextTable(
            headers: ["id", "тема", "n"],
            rows: [["T-1", "漢字", .figure("5")], ["T-1000", "привет", .figure("12,345")], [Cell("x"), .blank, .blank]], width: nil,
            hasColour: false)
        #expect(
            table.lines == [
                "id      тема         n", "T-1     漢字         5", "T-1000  привет  12,345", "x       —       —",
            ])
    }

    @Test("A table gives way to the terminal's width, the widest column first")
    func narrow() {
        let long = String(repeating: "x", count: 60)
        let table = TextTable(
            headers: ["id", "subject", "group"], rows: [["T-1", Cell(long), "Second line"]], width: 40, hasColour: false)
        #expect(table.lines.allSatisfy { DisplayWidth.of($0) <= 40 })
        #expect(table.lines[1].hasPrefix("T-1  xxx") && table.lines[1].hasSuffix("…  Second line"))
    }

    @Test("Colours stand around the text, not around the blanks, and only where they are wanted")
    func colour() {
        let row: [Cell] = [Cell("ok", .good), "b"]
        #expect(
            TextTable(headers: ["state", "x"], rows: [row], width: nil, hasColour: true).lines[1] == "\u{1b}[32mok\u{1b}[0m     b"
        )
        #expect(TextTable(headers: ["state", "x"], rows: [row], width: nil, hasColour: false).lines[1] == "ok     b")
    }

    @Test("A table without headers has no line for them")
    func noHeaders() {
        #expect(TextTable(headers: ["", ""], rows: [["a", "b"]], width: nil, hasColour: false).lines == ["a  b"])
    }

    @Test("JSON for people is the same JSON")
    func prettyJSON() throws {
        let value: JSON = ["a": [1, 2.5, ["b": .null]], "empty": [], "none": [:], "text": "x\u{9b}\u{202e}\n\"", "flag": true]
        let text = PrettyJSON.text(value)
        #expect(try JSON(parsing: text) == value)
        #expect(
            text.hasPrefix(
                "{\n  \"a\": [\n    1,\n    2.5,\n    {\n      \"b\": null\n    }\n  ],\n  \"empty\": [],\n  \"none\": {}"))
        #expect(!text.contains("\u{9b}") && !text.contains("\u{202e}"))
        #expect(try JSON(parsing: PrettyJSON.escaped(value)) == value)
    }

    @Test("Bars", arguments: [(0, 10, 0), (1, 1000, 1), (5, 10, 15), (10, 10, 30), (3, 0, 0)])
    func bars(value: Int64, most: Int64, length: Int) { #expect(Bar.text(value, of: most).count == length) }
}
