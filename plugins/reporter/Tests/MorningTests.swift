import OporaPluginKit
import Testing

@testable import reporter

@Suite struct MorningTests {
    /// 8 March 2016, 08:00 UTC: the last days are 1 to 7 March.
    private let moment = MorningMoment(at: Story.start + 7 * day + 8 * hour, zone: .utc)
    private let names = GroupNames(known: [GroupID(rawValue: 1): "First line", GroupID(rawValue: 2): "Вторая линия"])

    private var story: Story {
        var story = Story()
        story.create(1, at: -40 * day, priority: "low", group: "G-2")
        story.create(2, at: 0, priority: "urgent", group: "G-1")
        story.create(3, at: 6 * day, group: "G-1")
        story.create(4, at: 6 * day + hour)
        story.create(5, at: 7 * day)
        story.move(1, .new, .pending, at: -39 * day)
        story.move(2, .new, .solved, at: 6 * day + 2 * hour)
        story.move(3, .new, .open, at: 6 * day + 3 * hour)
        story.move(4, .new, .solved, at: 6 * day + 5 * hour)
        story.move(4, .solved, .closed, at: 6 * day + 6 * hour)
        story.sla(.slaWarning, 3, .resolution, at: 6 * day + 7 * hour)
        story.sla(.slaMet, 2, .firstResponse, at: hour)
        story.sla(.slaMet, 2, .resolution, at: day)
        story.sla(.slaMet, 4, .resolution, at: 6 * day + 5 * hour)
        story.sla(.slaBreached, 3, .resolution, at: 7 * day + hour)
        story.sla(.slaBreached, 1, .resolution, at: 2 * day)
        story.rate("csat", 5, at: 6 * day)
        story.rate("csat", 3, at: day)
        story.rate("csat", 4, at: day)
        story.rate("nps", 1, at: day)
        return story
    }

    @Test func `days and periods are cut in the zone`() {
        let zones = SystemZones()
        let berlin = zones.zone("Europe/Berlin") ?? .utc
        // Monday, 28 March 2016: the clock went forward on the Sunday.
        let moment = MorningMoment(at: Timestamp("2016-03-28T06:00:00Z") ?? .earliest, zone: berlin)
        #expect(moment.days.map(\.text).first == "2016-03-21")
        #expect(moment.days.map(\.text).last == "2016-03-27")
        #expect(moment.yesterday.milliseconds == 23 * hour)
        #expect(moment.week.milliseconds == 7 * day - hour)
        #expect(moment.yesterday.to.text == "2016-03-27T22:00:00.000Z")
        #expect(moment.dayIndex(moment.yesterday.from) == 6)
        #expect(moment.dayIndex(moment.yesterday.from - 1) == 5)
    }

    @Test func `figures`() throws {
        let figures = try story.read { try $0.morning(moment) }
        #expect(figures.yesterday.metrics.created == 2)
        #expect(figures.week.metrics.created == 3)
        #expect(figures.days.map(\.created) == [1, 0, 0, 0, 0, 0, 2])
        #expect(figures.days.map(\.solved) == [0, 0, 0, 0, 0, 0, 2])
        #expect(figures.backlog == 3)
        #expect(figures.breachedInLastDay == 1)
        #expect(figures.breaches.map(\.ticket.rawValue) == [3])
        #expect(figures.oldest.map(\.ticket.rawValue) == [1, 3, 5])
        #expect(figures.yesterday.csat == .init(n: 1, good: 1))
        #expect(figures.week.csat == .init(n: 3, good: 2))
        #expect(
            figures.week.sla == [
                .init(target: "first_response", met: 1), .init(target: "resolution", met: 2, breached: 1, warnings: 1),
            ])
        #expect(
            figures.byGroup(names) == [
                .init(name: "First line", created: 2, backlog: 1), .init(name: "(none)", created: 1, backlog: 1),
                .init(name: "Вторая линия", created: 0, backlog: 1),
            ])
        #expect(
            figures.byPriority() == [
                .init(name: "normal", created: 2, backlog: 2), .init(name: "low", created: 0, backlog: 1),
                .init(name: "urgent", created: 1, backlog: 0),
            ])
    }

    @Test(
        arguments: [
            (1, .day), (day - 1, .day), (day, .threeDays), (3 * day - 1, .threeDays), (3 * day, .week), (7 * day, .month),
            (30 * day - 1, .month), (30 * day, .older), (900 * day, .older),
        ] as [(Int64, Age)])
    func `the age of a ticket`(_ age: Int64, _ expected: Age) throws {
        var story = Story()
        story.create(1, at: -age)
        let figures = try story.read { try $0.morning(MorningMoment(at: Story.start, zone: .utc)) }
        #expect(figures.unsolved.map(\.age) == [expected])
    }

    @Test func `text in English`() throws {
        let figures = try story.read { try $0.morning(moment) }
        #expect(MorningText(figures, names, .english).text == MorningGolden.english)
    }

    @Test func `text in Russian`() throws {
        let figures = try story.read { try $0.morning(moment) }
        #expect(MorningText(figures, names, .russian).text == MorningGolden.russian)
    }

    @Test(arguments: [
        (
            Language.english,
            "Morning report: Tuesday, 8 March 2016, 08:00 (UTC)\n\nThere are no tickets yet, so there is nothing to report.\n"
        ),
        (Language.russian, "Утренний отчёт: вторник, 8 марта 2016 г., 08:00 (UTC)\n\nОбращений пока нет, сообщать не о чем.\n"),
    ])
    func `an empty desk`(_ language: Language, _ expected: String) throws {
        let figures = try Story().read { try $0.morning(moment) }
        #expect(MorningText(figures, names, Words(language)).text == expected)
        let data = figures.json(names)
        #expect(data["backlog"]?["n"] == 0)
        #expect(data["bottleneck"] == .null)
        #expect(data["last_7_days"]?["sla"]?["resolution"]?["compliance_percent"] == .null)
        #expect(data["last_7_days"]?["csat"] == ["n": 0, "good": 0, "percent": .null])
    }

    @Test func `data has the figures of the text`() throws {
        let data = try story.read { try $0.morning(moment) }.json(names)
        #expect(data["yesterday"]?["from"] == "2016-03-07T00:00:00.000Z")
        #expect(data["yesterday"]?["metrics"]?["solved"] == 2)
        #expect(data["last_7_days"]?["csat"] == ["n": 3, "good": 2, "percent": .double(200.0 / 3)])
        #expect(data["last_7_days"]?["sla"]?["resolution"]?["warnings"] == 1)
        #expect(data["backlog"]?["by_status"] == ["new": 1, "open": 1, "pending": 1, "on_hold": 0])
        #expect(data["backlog"]?["by_age"]?.array?.map { $0["n"] } == [1, 1, 0, 0, 1])
        #expect(data["breached_last_24_hours"]?["n"] == 1)
        #expect(data["days"]?.array?.last == ["date": "2016-03-07", "created": 2, "solved": 2])
    }

    @Test func `of many breaches the latest are named and the rest counted`() throws {
        var story = Story()
        for ticket in 1...12 {
            story.create(ticket, at: 0)
            story.sla(.slaBreached, ticket, .resolution, at: 7 * day + Int64(ticket))
        }
        let figures = try story.read { try $0.morning(moment) }
        #expect(figures.breachedInLastDay == 12)
        #expect(figures.breaches.map(\.ticket.rawValue) == Array((3...12).reversed()))
        #expect(MorningText(figures, names, .english).text.contains("\n  and more: 2\n"))
    }
}
