import OporaProtocol
import OporaTime
import Testing

@testable import OporaKernel

@Suite("What connections have under way")
struct PeerBookTests {
    let book = PeerBook(.init(inFlight: 2, unreadBytes: 10 + 2 * Limits.unreadMessageBytes, malformedPerMinute: 3))
    let peer = Peer([1])
    let now = Timestamp(1_000_000)

    /// Lays a message aside, which has to be crowded for that.
    private func wait(_ body: [UInt8]) -> PeerBook.Shelf? {
        book.gate(peer, now: now) == .crowded ? book.layAside(peer, body, user: "a") : nil
    }

    @Test("What is over the limit waits unread in order, up to a number of bytes")
    func inFlight() {
        #expect(book.gate(peer, now: now) == .pass)
        #expect(book.begin(peer, bytes: 1))
        #expect(book.begin(peer, bytes: 1))
        #expect(wait(Array(repeating: 7, count: 6)) == .laidAside(mayResume: false))
        #expect(wait(Array(repeating: 8, count: 4)) == .laidAside(mayResume: false))
        #expect(wait([9]) == .full)
        #expect(book.gate(Peer([2]), now: now) == .pass, "others are unaffected")
        #expect(book.takeResumable().isEmpty)
        #expect(book.end(peer, bytes: 1), "an answer lets the next one go on")
        #expect(book.takeResumable() == [peer])
        #expect(book.takeResumable().isEmpty, "one alone drains")
        #expect(wait([9]) == .full, "still full until one is taken")
        #expect(book.nextUnread(peer)?.body.first == 7)
        #expect(book.begin(peer, bytes: 6))
        #expect(book.nextUnread(peer) == nil, "enough is under way again")
        #expect(wait([9]) == .laidAside(mayResume: false), "a newcomer waits behind the older ones")
        _ = book.end(peer, bytes: 6)
        _ = book.takeResumable()
        #expect(book.nextUnread(peer)?.body.first == 8)
        #expect(book.nextUnread(peer)?.body.first == 9)
        #expect(book.nextUnread(peer) == nil)
        _ = book.end(peer, bytes: 1)
        #expect(book.waiting.bytes == 0)
        #expect(book.waiting.unreadBytes == 0)
        #expect(book.waiting.connections == 0, "nothing is kept of an idle connection")
    }

    @Test("Small messages count with what each takes up, and all come again in order", arguments: [0, 1, 200])
    func small(size: Int) {
        let most = 500
        let book = PeerBook(.init(inFlight: 1, unreadBytes: most * (size + Limits.unreadMessageBytes), malformedPerMinute: 3))
        #expect(book.begin(peer, bytes: 1))
        let body = { (n: Int) in
            Array("\(n)".utf8.prefix(size)) + Array(repeating: UInt8(0x20), count: max(0, size - "\(n)".utf8.count))
        }
        for n in 0..<most { #expect(book.layAside(peer, body(n), user: "\(n)") == .laidAside(mayResume: false)) }
        #expect(book.layAside(peer, [], user: nil) == .full)
        // One goes on for each that is answered, as under load.
        for n in 0..<most {
            #expect(book.end(peer, bytes: 1))
            #expect(book.takeResumable() == [peer])
            let next = book.nextUnread(peer)
            #expect(next?.user == "\(n)" && next?.body == body(n))
            #expect(book.begin(peer, bytes: 1))
            #expect(book.nextUnread(peer) == nil)
        }
        #expect(!book.end(peer, bytes: 1))
        #expect(book.waiting.unreadBytes == 0 && book.waiting.connections == 0)
    }

    @Test("A flood of malformed messages is refused for a while, on that connection alone")
    func flood() {
        for _ in 0..<3 { #expect(!book.malformed(peer, now: now)) }
        #expect(book.gate(peer, now: now) == .pass)
        #expect(book.malformed(peer, now: now))
        #expect(book.gate(peer, now: now + 1) == .flooded(retryAfterMilliseconds: 59_999))
        #expect(book.floodRefusal(peer, now: now + 1) == 59_999)
        #expect(book.gate(Peer([2]), now: now) == .pass)
        #expect(book.gate(peer, now: now + 60_000) == .pass)
        book.tidy(now + 120_000)
        #expect(book.waiting.connections == 0)
    }

    @Test("Malformed messages that are far apart do no harm")
    func apart() {
        for minute in 0..<20 as Range<Int64> { #expect(!book.malformed(peer, now: now + minute * 60_000)) }
    }

    @Test("A connection that is gone leaves nothing behind, once its requests are answered")
    func gone() {
        #expect(book.begin(peer, bytes: 5))
        #expect(book.begin(peer, bytes: 5))
        #expect(wait([1]) == .laidAside(mayResume: false))
        book.forget(peer)
        #expect(book.waiting.unreadBytes == 0)
        #expect(!book.end(peer, bytes: 5))
        #expect(!book.end(peer, bytes: 5))
        #expect(book.waiting.connections == 0)
        #expect(book.waiting.bytes == 0)
    }

    @Test("A rate lets a burst pass, then so many a second")
    func rate() {
        let rates = RateBook()
        let rate = Identity.Rate(perSecond: 10, burst: 3)
        for _ in 0..<3 { #expect(rates.take("a", rate, microseconds: 0) == nil) }
        #expect(rates.take("a", rate, microseconds: 0) == 100)
        #expect(rates.take("b", rate, microseconds: 0) == nil)
        #expect(rates.take("a", rate, microseconds: 60_000) == 40)
        #expect(rates.take("a", rate, microseconds: 100_000) == nil)
        #expect(rates.take("a", rate, microseconds: 10_000_000) == nil)
    }
}
