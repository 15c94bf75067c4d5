import OporaProtocol
import OporaTime

/// Chooses what people and programs do next: mostly what makes sense, now and then what does not.
struct Script {
    /// Tickets among which commands choose; older ones rest.
    static let active = 300

    private(set) var tickets: [String] = []
    private var made = 0
    private let agents = ["U-1", "U-2", "U-3"]
    private let requesters = ["U-4", "U-5", "U-6"]
    private let groups = ["G-1", "G-2"]

    /// What a desk needs before the first ticket.
    static let furniture: [(method: String, params: JSON)] = [
        ("user.create", ["name": "Agent 1", "roles": ["admin", "agent"], "identity": "owner"]),
        ("user.create", ["name": "Agent 2", "roles": ["agent"]]), ("user.create", ["name": "Agent 3", "roles": ["agent"]]),
        ("user.create", ["name": "Ann"]), ("user.create", ["name": "Ben"]), ("user.create", ["name": "Cleo"]),
        ("group.create", ["name": "First", "members": ["U-1", "U-2"]]), ("group.create", ["name": "Second", "members": ["U-3"]]),
        (
            "calendar.create",
            ["name": "Office", "zone": "Europe/Berlin", "hours": ["mon": [["09:00", "17:00"]], "thu": [["09:00", "17:00"]]]]
        ),
        ("calendar.create", ["name": "Always", "zone": "UTC", "always_open": true]),
        (
            "policy.create",
            [
                "name": "Urgent", "calendar": "C-2", "conditions": ["priority": ["urgent", "high"]],
                "targets": [
                    "urgent": ["first_response": 1_800_000, "resolution": 14_400_000],
                    "high": ["first_response": 3_600_000, "resolution": 28_800_000],
                ], "warnings": [50, 80],
            ]
        ),
        (
            "policy.create",
            [
                "name": "Rest", "calendar": "C-1",
                "targets": [
                    "normal": ["first_response": 7_200_000, "resolution": 57_600_000],
                    "low": ["first_response": 14_400_000, "resolution": 144_000_000],
                ],
            ]
        ),
    ]

    /// The next command, without its key.
    mutating func next(_ random: inout Randomness, now: Timestamp) -> (method: String, params: JSON) {
        guard !tickets.isEmpty, !random.once(in: 6) else { return create(&random) }
        let ticket: JSON = .string(random.once(in: 60) ? "T-999999999" : random.pick(tickets))
        let version: JSON? = random.once(in: 30) ? .int(random.number(1...5)) : nil
        switch random.below(24) {
        case 0..<5: return ("ticket.reply", ["ticket": ticket, "text": "We look into it", "expected_version": version])
        case 5..<8:
            return (
                "ticket.reply",
                ["ticket": ticket, "text": "Any news?", "_meta": ["on_behalf_of": .string(random.pick(requesters))]]
            )
        case 8..<10: return ("ticket.note", ["ticket": ticket, "text": "Seen this before"])
        case 10..<13:
            return (
                "ticket.assign",
                [
                    "ticket": ticket, "group": random.once(in: 3) ? .null : .string(random.pick(groups)),
                    "assignee": random.once(in: 3) ? .null : .string(random.pick(agents + requesters)),
                    "expected_version": version,
                ]
            )
        case 13..<16:
            let priority: JSON = .string(random.pick(["low", "normal", "high", "urgent"]))
            return ("ticket.set_priority", ["ticket": ticket, "priority": priority, "expected_version": version])
        case 16..<19: return setStatus(ticket, &random, now)
        case 19..<21: return ("ticket.solve", ["ticket": ticket])
        case 21: return ("ticket.reopen", ["ticket": ticket])
        case 22: return ("ticket.close", ["ticket": ticket])
        default: return ("ticket.set_status", ["ticket": ticket, "status": "no_such_status"])
        }
    }

    private mutating func create(_ random: inout Randomness) -> (method: String, params: JSON) {
        made += 1
        return (
            "ticket.create",
            [
                "subject": .string("Ticket \(made)"), "requester": .string(random.pick(requesters)),
                "priority": .string(random.pick(["low", "normal", "high", "urgent"])),
                "text": random.once(in: 3) ? nil : "It does not work",
                "group": random.once(in: 2) ? .string(random.pick(groups)) : nil,
                "channel": .string(random.pick(["email", "web", "phone", "api"])),
            ]
        )
    }

    private func setStatus(_ ticket: JSON, _ random: inout Randomness, _ now: Timestamp) -> (method: String, params: JSON) {
        let status = random.pick(["open", "pending", "on_hold", "solved", "new"])
        let waits = status == "pending" || status == "on_hold"
        let wake: JSON? = waits && random.once(in: 2) ? .string((now + random.number(1000...86_400_000)).text) : nil
        return ("ticket.set_status", ["ticket": ticket, "status": .string(status), "wake_at": wake])
    }

    /// A ticket was made; the oldest of too many rests from now on.
    mutating func met(_ ticket: String) -> String? {
        tickets.append(ticket)
        return tickets.count > Self.active ? tickets.removeFirst() : nil
    }
}
