import OporaPluginKit
import OporaPluginStore
import Testing

@testable import reporter

@Suite struct ReadModelTests {
    private var story: Story {
        var story = Story()
        story.create(1, at: 0, group: "G-1")
        story.move(1, .new, .open, at: 10)
        story.create(2, at: 20)
        story.move(1, .open, .solved, at: 30)
        story.assign(2, group: "G-2", at: 40)
        story.move(1, .solved, .open, at: 50)
        story.sla(.slaBreached, 1, .resolution, at: 45)
        story.rate("csat", 5, at: 60)
        return story
    }

    @Test func `the same log in batches of any size makes the same figures`() throws {
        let whole = try story.read { try $0.metrics(range(0, 100)) }
        for size in 1...3 {
            try Story.inFolder { folder in
                let store = try PluginStore(path: "\(folder)/r.sqlite", migrations: ReadModel.migrations)
                for count in stride(from: size, through: story.events.count + size, by: size) {
                    try story.tell(store, upTo: min(count, story.events.count))
                }
                #expect(try store.read { try ReadModel(store: $0).metrics(range(0, 100)) } == whole)
            }
        }
    }

    @Test func `a batch that fails leaves neither figures nor a position`() throws {
        try Story.inFolder { folder in
            let store = try PluginStore(path: "\(folder)/r.sqlite", migrations: ReadModel.migrations)
            try story.tell(store, upTo: 2)
            var broken = story
            broken.create(1, at: 70)
            #expect(throws: (any Error).self) { try broken.tell(store, upTo: broken.events.count) }
            #expect(try store.position()?.seq == 2)
            #expect(try store.read { try ReadModel(store: $0).metrics(range(0, 100)) }.created == 1)
        }
    }

    @Test func `a new start goes on where the last one stopped`() throws {
        try Story.inFolder { folder in
            let path = "\(folder)/r.sqlite"
            try story.tell(PluginStore(path: path, migrations: ReadModel.migrations), upTo: 3)
            let store = try PluginStore(path: path, migrations: ReadModel.migrations)
            #expect(try store.position()?.seq == 3)
            try story.tell(store, upTo: story.events.count)
            let whole = try story.read { try $0.metrics(range(0, 100)) }
            #expect(try store.read { try ReadModel(store: $0).metrics(range(0, 100)) } == whole)
        }
    }

    @Test func `empty forgets every figure`() throws {
        try Story.inFolder { folder in
            let store = try PluginStore(path: "\(folder)/r.sqlite", migrations: ReadModel.migrations)
            try story.tell(store, upTo: story.events.count)
            try store.write { try ReadModel(store: $0).empty() }
            let moment = MorningMoment(at: Story.start + day, zone: .utc)
            #expect(try store.read { try ReadModel(store: $0).morning(moment) } == MorningFigures(moment).withTargets)
        }
    }
}

extension MorningFigures {
    /// With the two targets that a report always lists.
    var withTargets: MorningFigures {
        var copy = self
        copy.yesterday.sla = [TargetKind.firstResponse, .resolution].map { TargetCount(target: $0.rawValue) }
        copy.week.sla = copy.yesterday.sla
        return copy
    }
}
