import Foundation
import OporaPluginKit
import Testing

@testable import notifier

@Suite struct MailTests {
    static let box = Mailbox(name: "Anna", address: "anna@example.org")

    static func mail(subject: String = "s", body: String = "b", to: Mailbox = box) throws -> Mail {
        Mail(
            from: Mailbox(name: "Help", address: "help@example.org"), to: to,
            date: try #require(Timestamp("2026-11-02T03:09:05.000Z")), ticket: TicketID(rawValue: 12),
            key: "event/1/log.7/mail/U-2",
            desk: "log", subject: subject, body: body)
    }

    static func lines(_ mail: Mail) -> [String] { String(decoding: mail.bytes, as: UTF8.self).components(separatedBy: "\r\n") }

    @Test("all headers, in full")
    func headers() throws {
        let thread = "<T-12.\(Mail.digest("log").prefix(16))@opora>"
        #expect(
            Self.lines(try Self.mail()) == [
                "Date: Mon, 2 Nov 2026 03:09:05 +0000", "From: \"Help\"", " <help@example.org>", "To: \"Anna\"",
                " <anna@example.org>", "Subject: s", "Message-ID: <\(Mail.digest("event/1/log.7/mail/U-2"))@opora>",
                "In-Reply-To: \(thread)", "References: \(thread)", "X-Opora-Ticket: T-12", "Auto-Submitted: auto-generated",
                "MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: quoted-printable", "",
                "b", "",
            ])
    }

    @Test("the same delivery makes the same mail, another one another Message-ID")
    func repeats() throws {
        var other = try Self.mail()
        #expect(other.bytes == (try Self.mail()).bytes)
        other.key += "0"
        #expect(other.bytes != (try Self.mail()).bytes)
    }

    @Test(
        "subjects",
        arguments: [
            ("[T-1] plain", "[T-1] plain"),
            ("Заявка", "=?UTF-8?B?0JfQsNGP0LLQutCw?="),
            ("=?UTF-8?B?eA==?=", "=?UTF-8?B?PT9VVEYtOD9CP2VBPT0/PQ==?="),
            ("a\r\nBcc: x@example.org", "a Bcc: x@example.org"),
            ("a\u{0}\u{85}\u{2028}b\t c", "a b c"),
        ])
    func subject(_ text: String, _ expected: String) { #expect(HeaderText.text(text) == expected) }

    @Test(
        "long subjects are folded between characters",
        arguments: [
            String(repeating: "Ж", count: 300), String(repeating: "a", count: 300), String(repeating: "я👩‍👩‍👧", count: 40),
        ])
    func folded(_ text: String) throws {
        let lines = "Subject: \(HeaderText.text(text))".components(separatedBy: "\r\n")
        #expect(lines.count > 1)
        #expect(lines.allSatisfy { $0.utf8.count <= 76 })
        #expect(lines.dropFirst().allSatisfy { $0.hasPrefix(" =?UTF-8?B?") })
        var decoded = ""
        for line in lines {
            let word = try #require(line.components(separatedBy: "=?UTF-8?B?").last?.components(separatedBy: "?=").first)
            let data = try #require(Data(base64Encoded: word))
            decoded += try #require(String(data: data, encoding: .utf8))
        }
        #expect(decoded == text)
    }

    @Test(
        "a name can't end the header or the address",
        arguments: [
            "Eve\r\nBcc: all@example.org", "Eve\" <x@example.org>", "Eve\\", "Ева\nBcc: x@example.org", "",
        ])
    func names(_ name: String) throws {
        let lines = Self.lines(try Self.mail(to: Mailbox(name: name, address: "eve@example.org")))
        let start = try #require(lines.firstIndex { $0.hasPrefix("To: ") })
        let header = lines[start...].dropFirst().prefix { $0.hasPrefix(" ") }.reduce(lines[start]) { $0 + $1 }
        #expect(header.hasSuffix("<eve@example.org>"))
        #expect(!lines.contains { $0.hasPrefix("Bcc") })
        if name.contains("\"") { #expect(header.contains(#"Eve\" <x@example.org>"#)) }
    }

    @Test("addresses that mail can be sent to", arguments: ["a@b", "anna.k+tag@mail.example.org", "\u{7b}x\u{7d}@example.org"])
    func usable(_ address: String) { #expect(Mailbox(name: "", checking: address) != nil) }

    @Test(
        "addresses that it can't",
        arguments: [
            "", "a", "@b", "a@", "a@b@c", "a b@c", "a@b\r\nRCPT TO:<x@y>", "<a@b>", "a@b>", "a,b@c", "анна@example.org",
            "a@" + String(repeating: "x", count: 254), "\"a b\"@c",
        ])
    func unusable(_ address: String) { #expect(Mailbox(name: "", checking: address) == nil) }

    @Test(
        "senders as they stand in the settings",
        arguments: [
            ("help@example.org", "", "help@example.org"), ("Help desk <help@example.org>", "Help desk", "help@example.org"),
            ("\"Help desk\" <help@example.org>", "Help desk", "help@example.org"),
            ("Служба <help@example.org>", "Служба", "help@example.org"),
        ])
    func senders(_ text: String, _ name: String, _ address: String) {
        #expect(Mailbox(parsing: text) == Mailbox(name: name, address: address))
    }

    @Test("senders that are none", arguments: ["", "Help", "Help <help>", "Help <a@b> x", "<>"])
    func noSenders(_ text: String) { #expect(Mailbox(parsing: text) == nil) }

    @Test(
        "bodies",
        arguments: [
            ("a\nb\r\nc\rd", "quoted-printable", "a\r\nb\r\nc\r\nd"),
            ("1=2 ", "quoted-printable", "1=3D2=20"),
            (".\nFrom here\n-- \nx", "quoted-printable", "=2E\r\n=46rom here\r\n--=20\r\nx"),
            ("café au lait", "quoted-printable", "caf=C3=A9 au lait"),
            ("Привет", "base64", "0J/RgNC40LLQtdGC"),
            (
                String(repeating: "a", count: 100), "quoted-printable",
                String(repeating: "a", count: 75) + "=\r\n" + String(repeating: "a", count: 25)
            ),
        ])
    func bodies(_ text: String, _ encoding: String, _ lines: String) {
        let body = BodyText(text)
        #expect(body.encoding == encoding)
        #expect(body.lines == lines)
    }

    @Test("no line of any body is long, and all is ASCII")
    func longBodies() {
        for text in [String(repeating: "ю", count: 5000), String(repeating: "é aaaa aaaa", count: 500)] {
            let lines = BodyText(text).lines.components(separatedBy: "\r\n")
            #expect(lines.allSatisfy { $0.utf8.count <= 76 && $0.utf8.allSatisfy { $0 < 0x80 } })
        }
    }
}
