import OporaPluginKit
import Testing

@testable import opora

@Suite("Arguments")
struct ArgumentTests {
    @Test(
        "Ids",
        arguments: [
            ("T-12", "T-12"), ("t-12", "T-12"), ("12", "T-12"), ("U-12", nil), ("0", nil), ("-1", nil), ("", nil), ("T12", nil),
        ] as [(String, String?)])
    func ids(text: String, id: String?) { #expect(TicketID(argument: text)?.description == id) }

    @Test(
        "Fields",
        arguments: [
            ("a=b", "b"), ("a=", ""), ("a=b=c", "b=c"), ("a=3", 3), ("a=007", "007"), ("a=2.5", 2.5), ("a=1e3", "1e3"),
            ("a=true", true),
            ("a=null", .null), ("a=\"3\"", "3"), ("a=[1]", "[1]"), ("a=текст", "текст"),
        ] as [(String, JSON)])
    func fields(text: String, value: JSON) throws {
        let field = try #require(FieldArgument(argument: text))
        #expect(field.name == "a" && field.value == value)
    }

    @Test("What is no field")
    func noFields() {
        #expect(FieldArgument(argument: "a") == nil)
        #expect(FieldArgument(argument: "=b") == nil)
        #expect(FieldArgument.object([]) == nil)
    }

    @Test("Promises of a policy")
    func promises() throws {
        let one = try #require(PromiseArgument(argument: "urgent:first_response=30m,resolution=4h"))
        let two = try #require(PromiseArgument(argument: "urgent:resolution=2h"))
        let three = try #require(PromiseArgument(argument: "low:resolution=1h30m"))
        #expect(
            PromiseArgument.targets([three, one, two]) == [
                "low": ["resolution": 5_400_000], "urgent": ["first_response": 1_800_000, "resolution": 7_200_000],
            ])
    }

    @Test(
        "What is no promise",
        arguments: [
            "urgent", "urgent:", "urgent:first=30m", "urgent:resolution=30", "asap:resolution=1h", "urgent:resolution=0m",
            "urgent:resolution=1h,resolution=2h",
        ])
    func noPromises(text: String) { #expect(PromiseArgument(argument: text) == nil) }

    @Test("Opening hours")
    func hours() throws {
        let week = try #require(WeeklyHoursArgument(argument: "mon-wed,fri=09:00-13:00,14:00-18:00"))
        let weekend = try #require(WeeklyHoursArgument(argument: "sat-mon=20:00-24:00"))
        let json = WeeklyHoursArgument.json([week, weekend])
        #expect(json?["mon"] == [["09:00", "13:00"], ["14:00", "18:00"], ["20:00", "24:00"]])
        #expect(json?["fri"] == [["09:00", "13:00"], ["14:00", "18:00"]])
        #expect(json?["thu"] == nil)
        #expect(json?.object?.members.map(\.name) == ["mon", "tue", "wed", "fri", "sat", "sun"])
        #expect(WeeklyHoursArgument(argument: "all=00:00-24:00")?.days.count == 7)
        #expect(WeeklyHoursArgument.json([]) == nil)
    }

    @Test(
        "What are no opening hours",
        arguments: [
            "mon", "mon=", "mon=09:00", "mon=18:00-09:00", "mon=09:00-09:00", "mon=9:00-10:00", "day=09:00-10:00",
            "mon-=09:00-10:00", "mon=09:00-25:00", "=09:00-10:00",
        ])
    func noHours(text: String) { #expect(WeeklyHoursArgument(argument: text) == nil) }

    @Test("Hours of a date")
    func dated() throws {
        let closed = try #require(DatedHoursArgument(argument: "2026-12-31="))
        let short = try #require(DatedHoursArgument(argument: "2026-12-30=09:00-12:00"))
        #expect(DatedHoursArgument.json([closed, short]) == ["2026-12-31": [], "2026-12-30": [["09:00", "12:00"]]])
        for wrong in ["2026-12-31", "2026-02-30=", "31.12.2026=", "2026-12-31=x"] {
            #expect(DatedHoursArgument(argument: wrong) == nil)
        }
    }
}
