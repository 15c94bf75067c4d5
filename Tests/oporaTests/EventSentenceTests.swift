import OporaPluginKit
import Testing

@testable import opora

@Suite("Events in words")
struct EventSentenceTests {
    static func text(_ type: EventType?, _ data: JSON, _ language: Language = .en) -> String {
        EventSentence.text(type, data, language) { Spans.local($0, .utc) }
    }

    @Test("What changed")
    func sentences() {
        #expect(
            Self.text(
                .ticketStatusChanged,
                [
                    "before": ["status": "open", "reason": .null, "wake_at": .null],
                    "after": ["status": "on_hold", "reason": "vendor", "wake_at": "2026-03-01T08:00:00.000Z"],
                ])
                == "open → on hold (vendor, until 2026-03-01 08:00)")
        #expect(Self.text(.ticketPriorityChanged, ["before": "normal", "after": "high"], .ru) == "обычный → высокий")
        #expect(
            Self.text(
                .ticketAssigned, ["before": ["group": "G-1", "assignee": .null], "after": ["group": "G-1", "assignee": "U-7"]])
                == "— → U-7")
        #expect(Self.text(.ticketFieldsChanged, ["fields": ["a", "b"]]) == "a, b")
        #expect(Self.text(.ticketTagsChanged, ["before": ["a", "b"], "after": ["b", "c"]]) == "+c, −a")
        #expect(
            Self.text(
                .ticketHandedOver,
                [
                    "before": ["group": "G-1", "tier": 1], "after": ["group": "G-1", "tier": 2], "message": "M-3",
                    "bounced": true,
                ], .ru) == "G-1/1 → G-1/2 (возврат), M-3")
        #expect(
            Self.text(.ticketReleased, ["before": ["user": "U-7", "until": "2026-03-01T08:00:00.000Z"], "cause": "expired"])
                == "U-7, expired")
        #expect(Self.text(.ticketLinked, ["relation": "parent_of", "other": "T-2"], .ru) == "родитель для T-2")
        #expect(Self.text(.ticketStuck, ["days": 7], .ru) == "без движения 7 дней")
        #expect(
            Self.text(
                .messageAdded,
                ["message": "M-3", "author": "U-7", "author_kind": "agent", "visibility": "internal", "characters": 1])
                == "M-3 U-7 (agent, internal note), 1 character")
        #expect(
            Self.text(.slaPaused, ["targets": [["target": "resolution", "cycle": 1, "remaining_ms": 14_400_000]]], .ru)
                == "решение осталось 4 ч")
        #expect(
            Self.text(
                .slaBreached, ["target": "first_response", "due_at": "2026-03-01T08:00:00.000Z", "cause": "policy_changed"])
                == "first response, due 2026-03-01 08:00, policy changed")
        #expect(Self.text(.feedbackRecorded, ["kind": "csat", "score": 5, "has_comment": true]) == "csat 5, with a comment")
        #expect(Self.text(.userCreated, ["user": "U-1", "changed": ["*"]]) == "")
        #expect(Self.text(nil, ["x": 1]) == "{\"x\":1}")
    }

    @Test("A damaged or strange event is shown all the same", arguments: EventType.allCases)
    func strange(type: EventType) {
        for data in [[:], ["before": 3, "after": .null, "targets": "x"], .null] as [JSON] {
            #expect(Self.text(type, data).count < 200)
            #expect(Self.text(type, data, .ru).count < 200)
        }
    }

    @Test("Types are known by either name")
    func types() {
        #expect(EventSentence.type("ticket.created") == .ticketCreated)
        #expect(EventSentence.type("opora.ticket.created.v1") == .ticketCreated)
        #expect(EventSentence.type("ticket.eaten") == nil)
    }
}
