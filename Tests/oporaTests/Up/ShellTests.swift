import Testing

@testable import opora

@Suite("Words for a shell") struct ShellTests {
    @Test(
        "What a shell would take apart or replace is quoted",
        arguments: [
            ("/tmp/desk", "/tmp/desk"), ("a b", "'a b'"), ("", "''"), ("it's", "'it'\\''s'"), ("$HOME", "'$HOME'"),
            ("папка", "папка"),
        ])
    func word(text: String, word: String) {
        #expect(Shell.word(text) == word)
    }
}
