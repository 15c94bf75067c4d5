import OporaPluginKit
import Testing

@testable import escalator

@Suite("Which events ask for which steps")
struct EscalationRulesTests {
    let rules = EscalationRules(settings: EscalatorSettings())

    @Test func aBreachClimbsTheLadderWithAKeyForEachStep() throws {
        let event = try Samples.breach(seq: 42)
        let escalation = try #require(rules.escalation(for: event, in: Samples.batch([event])))
        #expect(escalation.steps.map(\.kind) == [.raisePriority, .assignLead, .note])
        #expect(escalation.steps.map(\.key) == ["escalator:3:42:1", "escalator:3:42:2", "escalator:3:42:3"])
        #expect(escalation.causation == "log.42")
        #expect(escalation.trigger.target == "resolution")
        #expect(escalation.trigger.round == 1)
    }

    @Test func aBreachThatAChangeMadeIsNotedAlone() throws {
        let event = try Samples.breach(cause: "policy_changed")
        #expect(rules.escalation(for: event, in: Samples.batch([event]))?.steps.map(\.kind) == [.note])
    }

    @Test func aBreachThatAChangeMadeDoesNothingWhereNoNoteIsWanted() throws {
        var settings = EscalatorSettings()
        settings.onBreach = [.raisePriority]
        let event = try Samples.breach(cause: "policy_changed")
        #expect(EscalationRules(settings: settings).escalation(for: event, in: Samples.batch([event])) == nil)
    }

    @Test func aWarningIsNoted() throws {
        let event = try Samples.warning(percent: 90)
        let escalation = try #require(rules.escalation(for: event, in: Samples.batch([event])))
        #expect(escalation.steps.map(\.kind) == [.note])
        #expect(escalation.trigger.percent == 90)
    }

    @Test func historyIsNeverActedOn() throws {
        let breach = try Samples.breach(imported: true)
        #expect(rules.escalation(for: breach, in: Samples.batch([breach])) == nil)
        #expect(rules.touch(try Samples.event(.ticketAssigned, imported: true)) == .none)
    }

    @Test(arguments: [EventType.slaApplied, .slaPaused, .slaMet, .ticketCreated, .ticketPriorityChanged])
    func otherEventsEscalateNothing(type: EventType) throws {
        let event = try Samples.event(type, ["target": "resolution", "cycle": 1])
        #expect(rules.escalation(for: event, in: Samples.batch([event])) == nil)
    }

    struct Row: Sendable, CustomTestStringConvertible {
        var type: EventType
        var data: JSON
        var actor = "user/U-7"
        var via: String?
        var expected: EscalationRules.Touch
        var testDescription: String { "\(type.rawValue) \(data.text) by \(actor) -> \(expected)" }
    }

    static let rows: [Row] = [
        Row(type: .ticketCreated, data: ["status": "new"], expected: .touched),
        Row(type: .ticketCreated, data: ["status": "solved"], expected: .none),
        Row(type: .ticketAssigned, data: [:], expected: .touched),
        Row(type: .ticketAssigned, data: [:], actor: "plugin/router", expected: .touched),
        Row(type: .ticketAssigned, data: [:], actor: "plugin/escalator", expected: .none),
        Row(type: .ticketAssigned, data: [:], via: "escalator", expected: .none),
        Row(type: .ticketStatusChanged, data: ["after": ["status": "open"]], expected: .touched),
        Row(type: .ticketStatusChanged, data: ["after": ["status": "pending"]], expected: .ended),
        Row(type: .ticketStatusChanged, data: ["after": ["status": "on_hold"]], expected: .ended),
        Row(type: .ticketStatusChanged, data: ["after": ["status": "solved"]], expected: .ended),
        Row(type: .ticketStatusChanged, data: ["after": ["status": "closed"]], expected: .ended),
        Row(type: .messageAdded, data: ["author_kind": "agent"], expected: .touched),
        Row(type: .messageAdded, data: ["author_kind": "requester"], expected: .none),
        Row(type: .messageAdded, data: ["author_kind": "bot"], actor: "plugin/notifier", expected: .none),
        Row(type: .ticketPriorityChanged, data: [:], expected: .none),
        Row(type: .slaBreached, data: [:], expected: .none),
    ]

    @Test(arguments: rows)
    func touches(row: Row) throws {
        #expect(rules.touch(try Samples.event(row.type, actor: row.actor, via: row.via, row.data)) == row.expected)
    }

    @Test func nothingIsATouchWhereTheWatchIsOff() throws {
        var settings = EscalatorSettings()
        settings.untouched = nil
        #expect(EscalationRules(settings: settings).touch(try Samples.event(.ticketAssigned)) == .none)
    }

    @Test func aFiringHasTheKeyOfItsTouch() throws {
        let watch = Watch(
            ticket: TicketID(rawValue: 5), touchedSeq: 77, touchedAt: .earliest, eventID: "log.77", isWorkingTime: true)
        let escalation = try #require(rules.escalation(for: watch, minutes: 240))
        #expect(escalation.steps.map(\.key) == ["escalator:untouched:T-5:77:1", "escalator:untouched:T-5:77:2"])
        #expect(escalation.steps.map(\.kind) == [.assignLead, .note])
        #expect(escalation.causation == "log.77")
    }
}
