import OporaPluginKit

/// A mail, ready to be written down.
struct Mail: Hashable, Sendable {
    var from: Mailbox
    var to: Mailbox
    /// When the fact was taken up; the same at every try.
    var date: Timestamp
    var ticket: TicketID?
    /// The delivery's key: the same key makes the same Message-ID, so that a repeat can be told.
    var key: String
    /// The desk's log: tickets of two desks with one number are two threads.
    var desk: String
    var subject: String
    var body: String

    /// Headers and body as SMTP takes them (RFC 5322, MIME).
    var bytes: [UInt8] {
        let text = BodyText(body)
        var headers = [
            "Date: \(Mail.date(date))", "From: \(HeaderText.mailbox(from))", "To: \(HeaderText.mailbox(to))",
            "Subject: \(HeaderText.text(subject))", "Message-ID: <\(Mail.digest(key))@opora>",
        ]
        if let ticket {
            let thread = "<\(ticket).\(Mail.digest(desk).prefix(16))@opora>"
            headers += ["In-Reply-To: \(thread)", "References: \(thread)", "X-Opora-Ticket: \(ticket)"]
        }
        headers += [
            "Auto-Submitted: auto-generated", "MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8",
            "Content-Transfer-Encoding: \(text.encoding)",
        ]
        return Array((headers.joined(separator: "\r\n") + "\r\n\r\n" + text.lines + "\r\n").utf8)
    }

    /// 32 hexadecimal digits that stand for a text.
    static func digest(_ text: String) -> String { SHA256.hex(Array(SHA256.digest(Array(text.utf8)).prefix(16))) }

    /// RFC 5322: `Sun, 22 Nov 2026 03:39:59 +0000`.
    static func date(_ instant: Timestamp) -> String {
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let date = ZoneRules.utc.local(instant).date
        let clock = instant.text.dropFirst(11).prefix(8)
        return "\(date.weekday.name.capitalizedFirst), \(date.day) \(months[date.month - 1]) \(date.year) \(clock) +0000"
    }
}

extension String {
    fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
