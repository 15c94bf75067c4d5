import OporaProtocol
import Testing

@Suite("Ids")
struct IdentifierTests {
    @Test(
        "What is an id",
        arguments: [("T-1", 1), ("T-1042", 1042), ("T-999999999999999999", 999_999_999_999_999_999)] as [(String, Int64)])
    func reads(text: String, number: Int64) {
        #expect(TicketID(text)?.rawValue == number)
        #expect(TicketID(text[...])?.rawValue == number)
        #expect(TicketID(rawValue: number).description == text)
    }

    @Test(
        "What is none",
        arguments: [
            "", "T", "T-", "T-0", "T-01", "U-1", "t-1", "T1", "T--1", "T-1 ", " T-1", "T-1x", "T-1000000000000000000", "T-１",
            "T\u{301}-1", "T-1\u{0}", "Т-1",
        ])
    func refuses(text: String) {
        #expect(TicketID(text) == nil)
        #expect(TicketID(text[...]) == nil)
    }
}
