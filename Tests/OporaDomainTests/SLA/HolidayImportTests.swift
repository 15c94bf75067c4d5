import OporaDomain
import OporaProtocol
import OporaTime
import Testing

@Suite("Holidays from iCalendar")
struct HolidayImportTests {
    static func wrapped(_ event: String) -> String {
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\n\(event.replacing("\n", with: "\r\n"))\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    }

    @Test(
        "Events as calendars write them",
        arguments: [
            ("DTSTART;VALUE=DATE:20260501", ["2026-05-01"]), ("DTSTART:20260501", ["2026-05-01"]),
            ("DTSTART;VALUE=DATE:20260101\nDTEND;VALUE=DATE:20260104", ["2026-01-01", "2026-01-02", "2026-01-03"]),
            ("DTSTART;VALUE=DATE:20260101\nDTEND;VALUE=DATE:20260101", ["2026-01-01"]),
            ("DTSTART;VALUE=DATE:20260101\nDURATION:P2D", ["2026-01-01", "2026-01-02"]),
            ("DTSTART;VALUE=DATE:20241225\nRRULE:FREQ=YEARLY", ["2024-12-25", "2025-12-25", "2026-12-25", "2027-12-25"]),
            ("DTSTART;VALUE=DATE:20241225\nRRULE:FREQ=YEARLY;COUNT=2", ["2024-12-25", "2025-12-25"]),
            ("DTSTART;VALUE=DATE:20241225\nRRULE:FREQ=YEARLY;UNTIL=20251231", ["2024-12-25", "2025-12-25"]),
            ("DTSTART;VALUE=DATE:20241225\nRRULE:FREQ=YEARLY;INTERVAL=2", ["2024-12-25", "2026-12-25"]),
            ("DTSTART;VALUE=DATE:20240229\nRRULE:FREQ=YEARLY", ["2024-02-29"]),
            (
                "DTSTART;VALUE=DATE:20251127\nRRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH",
                ["2025-11-27", "2026-11-26", "2027-11-25"]
            ),
            ("DTSTART;VALUE=DATE:20260525\nRRULE:FREQ=YEARLY;BYMONTH=5;BYDAY=-1MO", ["2026-05-25", "2027-05-31"]),
            (
                "DTSTART;VALUE=DATE:20251225\nRRULE:FREQ=YEARLY\nEXDATE;VALUE=DATE:20261225\nRDATE;VALUE=DATE:20260102",
                ["2025-12-25", "2026-01-02", "2027-12-25"]
            ),
            ("DTSTART;VALUE=DATE:20260501\nSUMMARY:A line that is\n  folded\\, with: a colon", ["2026-05-01"]),
            ("DTSTART;VALUE=DATE;X-A=\"b;c:d\":20260501", ["2026-05-01"]),
            ("DTSTART;VALUE=DATE:2026\n 0501", ["2026-05-01"]),
            ("DTSTART:20260501T090000Z\nDTEND:20260501T100000Z", []),
            ("DTSTART;VALUE=DATE:20260501\nSTATUS:CANCELLED", []),
            ("DTSTART;VALUE=DATE:20260501\nBEGIN:VALARM\nDTSTART;VALUE=DATE:20300101\nEND:VALARM", ["2026-05-01"]),
        ] as [(String, [String])])
    func read(event: String, days: [String]) throws {
        let found = try HolidayImport(iCalendar: Self.wrapped(event), through: 2027)
        #expect(found.days.sorted().map(\.text) == days)
        #expect(found.skipped == (days.isEmpty ? 1 : 0))
    }

    @Test(
        "What is wrong is refused with its line",
        arguments: [
            ("hello", "line 1:"), ("BEGIN:VEVENT\nEND:VEVENT", "line 1:"), ("", "line 1:"),
            ("BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:x\nEND:VEVENT\nEND:VCALENDAR", "line 2:"),
            ("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20260230\nEND:VEVENT\nEND:VCALENDAR", "line 3:"),
            (
                "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20260101\nRRULE:FREQ=MONTHLY\nEND:VEVENT\nEND:VCALENDAR",
                "line 4:"
            ),
            (
                "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20260101\nRRULE:FREQ=YEARLY;BYSETPOS=1\nEND:VEVENT\nEND:VCALENDAR",
                "line 4:"
            ),
            ("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20260101\nDURATION:PT5H\nEND:VEVENT\nEND:VCALENDAR", "line 4:"),
            (
                "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20260105\nDTEND;VALUE=DATE:20260101\nEND:VEVENT\nEND:VCALENDAR",
                "line 4:"
            ),
            ("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20260101\nEND:VTODO\nEND:VCALENDAR", "line 4:"),
            ("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20260101\nEND:VEVENT", "line 1:"),
            ("BEGIN:VCALENDAR\nno colon here\nEND:VCALENDAR", "line 2:"), (" folded\nBEGIN:VCALENDAR", "line 1:"),
        ] as [(String, String)])
    func refused(text: String, line: String) {
        #expect {
            _ = try HolidayImport(iCalendar: text, through: 2027)
        } throws: { error in
            guard case .validation("ical", let reason) = error as? Rejection else { return false }
            return reason.hasPrefix(line)
        }
    }

    @Test("Days are added to a calendar's, or stand instead of those of their years")
    func added() throws {
        let spec = try CalendarTests.spec(#"{"zone":"UTC","always_open":true,"holidays":["2025-05-05","2026-05-05"]}"#)
        let found = try HolidayImport(iCalendar: Self.wrapped("DTSTART;VALUE=DATE:20260501"), through: 2027)
        #expect(
            try spec.adding(found, replacing: false).holidays.map(\.text).sorted() == ["2025-05-05", "2026-05-01", "2026-05-05"])
        let replaced = try spec.adding(found, replacing: true)
        #expect(replaced.holidays.map(\.text).sorted() == ["2025-05-05", "2026-05-01"])
        #expect(replaced.json["holidays"] == ["2025-05-05", "2026-05-01"])
    }
}
