import FoundationEssentials
import OporaProtocol

/// Runs a desk through a seeded story of commands, repeats, jumps of the clock, faults of the disk and restarts, and checks after
/// each step that what the kernel says agrees with its log and with what it answered.
struct Simulation {
    /// Commands that are sent at once, at most.
    private static let width = 8
    /// Commands remembered, so that they can be sent once more.
    private static let remembered = 400
    /// Facts of the kernel's own that one command may occasion.
    private static let ownFacts: Int64 = 32
    /// Steps between two comparisons of all tickets in use with the log.
    private static let fullCheck = 5000

    /// A command with its key, and what was answered.
    private struct Sent {
        var method: String
        var params: JSON
        var key: String
        var reply: JSON?
    }

    private let world: World
    private var random: Randomness
    private var script = Script()
    private var fold = LogFold()
    private var past: [Sent] = []
    private var commands = 0
    private(set) var steps = 0
    private(set) var tally = Tally()

    /// What happened, to be printed.
    struct Tally {
        var done = 0
        var refused = 0
        var repeated = 0
        var restarts = 0
        var crashes = 0
        var faults = 0
    }

    init(world: World, seed: UInt64) throws {
        self.world = world
        random = Randomness(seed: seed)
        for piece in Script.furniture { _ = try world.call(piece.method, piece.params) }
    }

    /// Runs until so many steps are made.
    mutating func run(steps limit: Int, progress: (Simulation) -> Void) throws {
        while steps < limit {
            try step()
            if steps % Self.fullCheck < Self.width { progress(self) }
        }
        try readOn()
        for ticket in script.tickets { try compare(ticket) }
    }

    private mutating func step() throws {
        let before = steps / Self.fullCheck
        switch random.below(200) {
        case 0..<160: try send(news())
        case 160..<172: try sendAgain()
        case 172..<192: try passTime()
        case 192..<196: world.faults.arm(random.pick(Faults.Fault.allCases))
        case 196: try restart()
        default: try sendOther()
        }
        if world.isOver { try crash() }
        do { try readOn() } catch  where world.isOver {
            // What time was about to do met the fault.
            try crash()
            try readOn()
        }
        if steps / Self.fullCheck > before { for ticket in script.tickets { try compare(ticket) } }
    }

    private mutating func news() -> [Sent] {
        (0..<1 + random.below(Self.width)).map { _ in
            commands += 1
            let (method, params) = script.next(&random, now: world.now)
            return Sent(method: method, params: params, key: "k-\(commands)")
        }
    }

    private mutating func send(_ list: [Sent]) throws {
        steps += list.count
        let replies = try world.ask(list.map { ($0.method, $0.params.with(key: $0.key)) })
        for (sent, reply) in zip(list, replies) {
            var sent = sent
            sent.reply = reply
            past.append(sent)
            if let reply { try note(sent, reply) }
        }
        if past.count > Self.remembered {
            let old = past.prefix(past.count - Self.remembered)
            fold.forget(old.map(\.key))
            past.removeFirst(old.count)
        }
    }

    private mutating func note(_ sent: Sent, _ reply: JSON) throws {
        guard let result = reply["result"] else {
            tally.refused += 1
            return
        }
        tally.done += 1
        guard sent.method == "ticket.create", result["_meta"]?["replayed"] != true, let ticket = result["ticket"]?["id"]?.string
        else { return }
        if let rested = script.met(ticket) { fold.forget(ticket: rested) }
    }

    /// An earlier command comes once more, as after a timeout: it is answered as before, and nothing happens twice.
    private mutating func sendAgain() throws {
        guard let sent = past.isEmpty ? nil : random.pick(past) else { return }
        steps += 1
        tally.repeated += 1
        guard let reply = try world.ask([(sent.method, sent.params.with(key: sent.key))])[0] else { return }
        guard let first = sent.reply?["result"], let second = reply["result"] else { return }
        guard second["_meta"]?["replayed"] == true || first["_meta"]?["seq"] == nil, first["ticket"] == second["ticket"] else {
            throw Finding("\(sent.key) was answered \(first.text), and then \(second.text)")
        }
    }

    /// A key comes with another request, and is refused; it belongs to its method.
    private mutating func sendOther() throws {
        guard let sent = past.last(where: { $0.method == "ticket.reply" && $0.reply?["result"] != nil }) else { return }
        steps += 1
        let other: JSON = ["ticket": .string(script.tickets.last ?? "T-1"), "text": .string("Other \(steps)")]
        guard let reply = try world.ask([(sent.method, other.with(key: sent.key))])[0] else { return }
        let code = reply["error"]?["data"]?["code"]
        // A fault of the disk may come first.
        guard code == "idempotency_key_reused" || code == "unavailable" || code == "internal_error" else {
            throw Finding("the key \(sent.key) was taken for two requests: \(reply.text)")
        }
    }

    private mutating func passTime() throws {
        steps += 1
        switch random.below(10) {
        case 0: world.stepBack(milliseconds: random.number(1...5000))
        case 1: try world.advance(milliseconds: random.number(1...172_800_000))
        case 2...4: try world.advance(milliseconds: random.number(1...7_200_000))
        default: try world.advance(milliseconds: random.number(1...60_000))
        }
    }

    private mutating func restart() throws {
        steps += 1
        tally.restarts += 1
        try world.restart()
    }

    /// The kernel gave up, not knowing what is on disk. Whoever waits for an answer asks again, with the same key.
    private mutating func crash() throws {
        tally.crashes += 1
        try world.restart()
        let open = past.indices.filter { past[$0].reply == nil }
        for index in open {
            let sent = past[index]
            guard let reply = try world.ask([(sent.method, sent.params.with(key: sent.key))])[0] else { continue }
            past[index].reply = reply
            try note(sent, reply)
            // It was on disk: its ticket is known from the answer that is stored with it.
            if sent.method == "ticket.create", reply["result"]?["_meta"]?["replayed"] == true,
                let ticket = reply["result"]?["ticket"]?["id"]?.string, let rested = script.met(ticket)
            {
                fold.forget(ticket: rested)
            }
        }
    }

    private mutating func readOn() throws {
        if world.isOver { return }
        try fold.readOn(world)
        for sent in past.suffix(Self.width) { try check(sent) }
        let known = Set(script.tickets)
        let touched = fold.touched.intersection(known).sorted()
        fold.touched = []
        if let ticket = touched.isEmpty ? nil : random.pick(touched) { try compare(ticket) }
    }

    /// What was answered is in the log, and what was refused is not.
    private func check(_ sent: Sent) throws(Finding) {
        guard let reply = sent.reply else { return }
        let trace = fold.traces[sent.key]
        if reply["error"] != nil, trace != nil { throw Finding("\(sent.key) was refused, and is in the log: \(reply.text)") }
        guard let result = reply["result"] else { return }
        // What time did to the ticket on the occasion comes last and is the kernel's own.
        let seq = result["_meta"]?["seq"]?.int
        guard trace.map({ $0.last <= seq ?? 0 && seq ?? 0 < $0.last + Self.ownFacts }) ?? (seq == nil) else {
            throw Finding("\(sent.key) was answered with seq \(result["_meta"]?.text ?? "none"), the log has \(trace?.last ?? 0)")
        }
    }

    /// The state of a ticket is what its events say.
    private func compare(_ ticket: String) throws {
        guard let folded = fold.tickets[ticket] else { throw Finding("\(ticket) is not in the log") }
        // Time may act between the reading of the log and this look: a later version is compared another time.
        let shown = try world.call("ticket.get", ["ticket": .string(ticket)])["ticket"] ?? .null
        if let version = shown["version"]?.int, version > folded.version { return }
        if let difference = folded.difference(from: shown) { throw Finding("\(ticket): \(difference)") }
    }
}

extension JSON {
    /// The parameters of a command with its key; the key names the command in the log, too.
    fileprivate func with(key: String) -> JSON {
        var object = self.object ?? JSONObject()
        var meta = object["_meta"]?.object ?? JSONObject()
        meta["idempotency_key"] = .string(key)
        meta["causation"] = .string(key)
        object["_meta"] = .object(meta)
        return .object(object)
    }
}
