import OporaProtocol

/// Reads the log from its beginning, checks that it hangs together, and folds it.
struct LogFold {
    /// Positions of the events that a command made, for the newest commands.
    struct Trace: Hashable {
        var last: Int64
        /// When the command was run: all that it did bears this instant.
        var recorded: String
    }

    private(set) var seq: Int64 = 0
    private var previous: [String: Int64] = [:]
    private(set) var tickets: [String: FoldedTicket] = [:]
    private(set) var traces: [String: Trace] = [:]
    /// Tickets that are not followed any longer.
    private var rested: Set<String> = []
    /// Tickets that changed since they were last compared.
    var touched: Set<String> = []

    /// Takes what is new in the log.
    mutating func readOn(_ world: World) throws {
        while true {
            let page = try world.call("events.read", ["after_seq": .int(seq), "limit": 500])
            let events = page["events"]?.array ?? []
            if events.isEmpty { return }
            for item in events { try take(item) }
        }
    }

    private mutating func take(_ item: JSON) throws(Finding) {
        guard let next = item["seq"]?.int, let event = item["event"], let type = event["type"]?.string,
            let stream = type.split(separator: ".").dropFirst().first.map(String.init)
        else { throw Finding("an item of the log without its parts: \(item.text)") }
        guard next == seq + 1 else { throw Finding("\(next) follows \(seq) in the log") }
        seq = next
        guard item["prev"]?.int == previous[stream] ?? 0 else { throw Finding("prev of \(next) is no \(previous[stream] ?? 0)") }
        previous[stream] = next
        if let key = event["causationid"]?.string { try trace(key, next, event["recordedtime"]?.string ?? "") }
        let short = type.dropFirst("opora.".count).dropLast(".v1".count)
        let data = event["data"] ?? .null
        guard let ticket = data["ticket"]?.string else { return }
        touched.insert(ticket)
        do throws(Finding) {
            if short == "message.added" {
                if data["visibility"] == "public" {
                    tickets[ticket]?.publicMessages += 1
                } else {
                    tickets[ticket]?.notes += 1
                }
            } else if event["subject"]?.string == "ticket/\(ticket)" {
                if rested.contains(ticket) { return }
                var folded = tickets[ticket] ?? FoldedTicket()
                try folded.take(String(short), version: event["entityversion"]?.int ?? 0, data)
                tickets[ticket] = folded
            }
        } catch {
            throw Finding("\(ticket) at \(next): \(error)")
        }
    }

    private mutating func trace(_ key: String, _ seq: Int64, _ recorded: String) throws(Finding) {
        if let trace = traces[key], trace.recorded != recorded {
            throw Finding("\(key) was done twice: at \(trace.last) and at \(seq)")
        }
        traces[key] = Trace(last: seq, recorded: recorded)
    }

    /// Forgets what will not be asked again.
    mutating func forget(_ keys: [String]) { for key in keys { traces[key] = nil } }
    mutating func forget(ticket: String) {
        tickets[ticket] = nil
        rested.insert(ticket)
    }
}
