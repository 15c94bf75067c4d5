import OporaTime
import Testing

@Suite("Timestamps")
struct TimestampTests {
    @Test(
        "RFC 3339 is read",
        arguments: [
            ("1970-01-01T00:00:00Z", Int64(0)), ("2026-11-22T03:39:59.123Z", 1_795_318_799_123),
            ("2026-11-22T03:39:59.1Z", 1_795_318_799_100), ("2026-11-22T03:39:59.123999Z", 1_795_318_799_123),
            ("2026-11-22T06:39:59+03:00", 1_795_318_799_000), ("2026-11-21T22:09:59-05:30", 1_795_318_799_000),
            ("2016-02-29T23:59:59Z", 1_456_790_399_000), ("1969-12-31T23:59:59.999Z", -1),
        ])
    func reads(text: String, expected: Int64) { #expect(Timestamp(text)?.rawValue == expected) }

    @Test(
        "Anything else is refused",
        arguments: [
            "", "2026-11-22", "2026-11-22T03:39:59", "2026-13-22T03:39:59Z", "2015-02-29T00:00:00Z", "2026-11-22T24:00:00Z",
            "2026-11-22T03:39:60Z", "2026-11-22 03:39:59Z", "2026-11-22T03:39:59.Z", "2026-11-22T03:39:59+3:00",
            "2026-11-22T03:39:59Zx", "２026-11-22T03:39:59Z",
        ])
    func refuses(text: String) { #expect(Timestamp(text) == nil) }

    @Test("What is written is read back, far into the past and the future")
    func roundTrip() {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<2000 {
            let time = Timestamp(Int64.random(in: Timestamp.earliest.rawValue...Timestamp.latest.rawValue, using: &random))
            #expect(Timestamp(time.text) == time)
        }
    }

    @Test("Dates and days since 1970 agree over every day of 400 years")
    func civilDates() {
        var previous = CivilDate(daysSinceEpoch: -73_049)
        for day in -73_048...73_048 {
            let date = CivilDate(daysSinceEpoch: day)
            #expect(date.daysSinceEpoch == day && previous < date)
            previous = date
        }
        #expect(CivilDate("2026-11-22")?.weekday == .sun)
        #expect(CivilDate("2000-02-29") != nil && CivilDate("1900-02-29") == nil)
    }

    @Test("Clock readings", arguments: [("00:00", Int64(0)), ("24:00", 86_400_000), ("09:30:15", 34_215_000)])
    func clocks(text: String, expected: Int64) { #expect(LocalTime.clock(text) == expected) }

    @Test("Wrong clock readings", arguments: ["24:01", "9:00", "12:60", "", "12", "12:00:60", "-1:00"])
    func wrongClocks(text: String) { #expect(LocalTime.clock(text) == nil) }
}
