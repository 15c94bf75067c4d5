import OporaPluginKit
import Testing

@testable import reporter

@Suite struct MetricsTests {
    /// T-1: new 0-10, open 10-30, solved 30-50, open 50-60, solved 60-80, closed from 80 on.
    private var reopened: Story {
        var story = Story()
        story.create(1, at: 0)
        story.move(1, .new, .open, at: 10)
        story.move(1, .open, .solved, at: 30)
        story.move(1, .solved, .open, at: 50)
        story.move(1, .open, .solved, at: 60)
        story.move(1, .solved, .closed, at: 80)
        return story
    }

    @Test(arguments: [
        // from, to, created, solved, closed, reopened
        (0, 100, 1, 2, 1, 1),
        // A is inside, B is not.
        (0, 30, 1, 0, 0, 0),
        (30, 50, 0, 1, 0, 0),
        (30, 51, 0, 1, 0, 1),
        (60, 80, 0, 1, 0, 0),
        (80, 81, 0, 0, 1, 0),
        (1, 10, 0, 0, 0, 0),
        (30, 30, 0, 0, 0, 0),
    ])
    func `entries count by the instant at which they happened`(
        _ from: Int64, _ to: Int64, _ created: Int64, _ solved: Int64, _ closed: Int64, _ again: Int64
    ) throws {
        let metrics = try reopened.read { try $0.metrics(range(from, to)) }
        #expect(metrics.created == created)
        #expect(metrics.turns[.solved] ?? 0 == solved)
        #expect(metrics.turns[.closed] ?? 0 == closed)
        #expect(metrics.turns[.reopened] ?? 0 == again)
    }

    @Test(
        arguments: [
            // instant, the status that the ticket is in after all changes earlier than it
            (0, nil), (1, .new), (10, .new), (11, .open), (30, .open), (31, nil), (50, nil), (51, .open), (60, .open), (61, nil),
            (500, nil),
        ] as [(Int64, TicketStatus?)])
    func `the backlog counts changes earlier than its instant`(_ instant: Int64, _ expected: TicketStatus?) throws {
        let metrics = try reopened.read { try $0.metrics(range(instant, instant)) }
        #expect(metrics.backlogFrom == (expected.map { [$0: 1] } ?? [:]))
        #expect(metrics.backlogTo == metrics.backlogFrom)
    }

    @Test(
        arguments: [
            // from, to, n of first resolutions, its mean, n of full ones, its mean
            (0, 100, 1, 30, 1, 60),
            (30, 31, 1, 30, 0, nil),
            (31, 60, 0, nil, 0, nil),
            (60, 61, 0, nil, 1, 60),
        ] as [(Int64, Int64, Int, Double?, Int, Double?)])
    func `resolution takes the first entry into solved and the last one of the whole log`(
        _ from: Int64, _ to: Int64, _ first: Int, _ firstMean: Double?, _ full: Int, _ fullMean: Double?
    ) throws {
        let metrics = try reopened.read { try $0.metrics(range(from, to)) }
        #expect(metrics.firstResolution.n == first)
        #expect(metrics.firstResolution.mean == firstMean)
        #expect(metrics.fullResolution.n == full)
        #expect(metrics.fullResolution.mean == fullMean)
    }

    @Test(
        arguments: [
            // from, to, milliseconds in new, open, solved, closed
            (0, 100, [10, 30, 40, 20]),
            (5, 55, [5, 25, 20, 0]),
            (-10, 0, [0, 0, 0, 0]),
            (200, 300, [0, 0, 0, 100]),
        ] as [(Int64, Int64, [Int64])])
    func `time in status is cut at both ends and the last status goes on`(
        _ from: Int64, _ to: Int64, _ expected: [Int64]
    ) throws {
        let json = try reopened.read { try $0.metrics(range(from, to)) }.json(GroupNames())
        let time = json["time_in_status_ms"]
        #expect(["new", "open", "solved", "closed"].map { time?[$0]?.int } == expected)
        #expect(time?["pending"] == 0 && time?["on_hold"] == 0)
    }

    @Test func `of changes at one instant the later wins, stays of no length vanish, entries count`() throws {
        var story = Story()
        story.create(1, at: 0)
        story.move(1, .new, .open, at: 10)
        story.move(1, .open, .solved, at: 10)
        story.move(1, .solved, .open, at: 10)
        story.move(1, .open, .pending, at: 10)
        let metrics = try story.read { try $0.metrics(range(0, 20)) }
        #expect(metrics.turns == [.solved: 1, .reopened: 1])
        #expect(metrics.backlogTo == [.pending: 1])
        #expect(metrics.firstResolution == Distribution([10]))
        #expect(
            metrics.stays == [
                .init(group: nil, status: .new, milliseconds: 10), .init(group: nil, status: .pending, milliseconds: 10),
            ])
        #expect(try story.read { try $0.metrics(range(0, 10)) }.backlogTo == [.new: 1])
    }

    @Test func `a change of the reason alone ends no stay`() throws {
        var story = Story()
        story.create(1, at: 0)
        story.move(1, .new, .pending, at: 5)
        story.move(1, .pending, .pending, at: 7)
        let metrics = try story.read { try $0.metrics(range(0, 10)) }
        #expect(metrics.stays.map(\.milliseconds) == [5, 5])
        #expect(metrics.turns.isEmpty)
    }

    @Test func `closed to solved is an entry into solved and no reopening`() throws {
        var story = Story()
        story.create(1, at: 0)
        story.move(1, .new, .closed, at: 1)
        story.move(1, .closed, .solved, at: 2)
        story.move(1, .solved, .closed, at: 3)
        #expect(try story.read { try $0.metrics(range(0, 10)) }.turns == [.closed: 2, .solved: 1])
    }

    @Test func `tickets are grouped by what they are at the end of the log`() throws {
        var story = Story()
        story.create(1, at: 0, group: "G-1", channel: "phone")
        story.create(2, at: 1, priority: "high")
        story.create(3, at: 2, channel: "web")
        story.create(4, at: 10, priority: "low")
        story.assign(1, group: "G-2", at: 20)
        story.assign(3, group: "G-2", at: 21)
        story.assign(3, group: nil, at: 22)
        story.prioritize(2, "urgent", at: 23)
        let names = GroupNames(known: [GroupID(rawValue: 2): "Second line"])
        let json = try story.read { try $0.metrics(range(0, 10)) }.json(names)
        #expect(json["by_priority"] == ["normal": 2, "urgent": 1])
        #expect(json["by_group"] == ["(none)": 2, "Second line": 1])
        #expect(json["by_channel"] == ["email": 1, "phone": 1, "web": 1])
    }

    @Test func `the bottleneck is the pair with the most unsolved time`() throws {
        var story = Story()
        story.create(1, at: 0, group: "G-1")
        story.assign(1, group: "G-2", at: 10)
        story.move(1, .new, .open, at: 40)
        story.move(1, .open, .solved, at: 60)
        let names = GroupNames(known: [GroupID(rawValue: 2): "Second line"])
        let all = try story.read { try $0.metrics(range(0, 1000)) }
        #expect(all.bottleneck(names) == Bottleneck(group: "Second line", status: .new, milliseconds: 30))
        #expect(try story.read { try $0.metrics(range(60, 100)) }.bottleneck(names) == nil)
    }

    @Test func `of pairs with equal time the first by name wins`() {
        var metrics = Metrics()
        let (first, second) = (GroupID(rawValue: 1), GroupID(rawValue: 2))
        metrics.stays = [
            .init(group: first, status: .pending, milliseconds: 7), .init(group: second, status: .open, milliseconds: 7),
            .init(group: second, status: .new, milliseconds: 7),
        ]
        let names = GroupNames(known: [first: "Z", second: "A"])
        #expect(metrics.bottleneck(names) == Bottleneck(group: "A", status: .new, milliseconds: 7))
    }

    @Test func `an empty desk has every key and no figures`() throws {
        let json = try Story().read { try $0.metrics(range(0, 10)) }.json(GroupNames())
        #expect(
            json.text == """
                {"created":0,"solved":0,"closed":0,"reopened":0,\
                "backlog_from":{"new":0,"open":0,"pending":0,"on_hold":0},\
                "backlog_to":{"new":0,"open":0,"pending":0,"on_hold":0},\
                "first_resolution":{"n":0,"mean_ms":null,"median_ms":null,"p90_ms":null},\
                "full_resolution":{"n":0,"mean_ms":null,"median_ms":null,"p90_ms":null},\
                "time_in_status_ms":{"new":0,"open":0,"pending":0,"on_hold":0,"solved":0,"closed":0},\
                "by_priority":{},"by_group":{},"by_channel":{},"bottleneck":null}
                """)
    }
}
