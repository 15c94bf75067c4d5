import OporaProtocol
import OporaStore

/// What a command does to consumers, to be taken over once it is on disk.
struct ConsumerEffects: Sendable {
    /// Those that stand otherwise than before.
    var changed: [String] = []
    /// Those that begin anew: with no lease, and nothing handed out.
    var anew: [String] = []
    /// Those whose waiting fetches look again.
    var stirred: [String] = []
    /// Events set aside that the fetch behind the command hands out once more.
    var retried: [Int64] = []

    var isEmpty: Bool { changed.isEmpty && anew.isEmpty && stirred.isEmpty }
}

extension WriterState {
    /// How far each consumer was looked through, as far as that still counts.
    func places(_ book: ConsumerBook) -> [String: Int64] { book.places.filter { !voided.contains($0.key) } }
}

extension CommandContext {
    func consumer(_ name: String) throws -> ConsumerRecord {
        guard let record = state.consumers[name] else { throw ConsumerBook.missing(name) }
        if let refusal = ConsumerBook.refusal(record, identity) { throw refusal }
        return record
    }

    /// From here on it has no lease and nothing behind it, for the commands of the same transaction, too.
    mutating func beginAnew(_ name: String) {
        effects.anew.append(name)
        state.voided.insert(name)
    }

    /// A lease that an earlier command of the open transaction ended covers nothing more.
    func requireOldLease(_ name: String) throws {
        if state.voided.contains(name) { throw ConsumerBook.leaseLost(name) }
    }

    mutating func keep(_ record: ConsumerRecord) {
        state.consumers[record.name] = record
        commit.consumers.append(record)
        effects.changed.append(record.name)
    }

    /// Keeps a consumer that was not merely acknowledged: its lag is looked at anew, and fetches that wait look again.
    mutating func keepAndStir(_ record: ConsumerRecord) {
        keep(record)
        effects.stirred.append(record.name)
        state.lagAlarm = 0
    }

    mutating func answer(_ record: ConsumerRecord) {
        let json = consumers.json(record, isAnew: effects.anew.contains(record.name), head: state.head.seq, now: now)
        result.member("consumer", json)
    }

    var lagRule: LagRule { consumers.lagRule }

    /// How far behind a consumer is that stands at a position.
    func lag(_ seq: Int64) -> Int64 { max(0, state.head.seq - seq) }
}

extension Kernel {
    /// Takes over what a command did to consumers, now that it is on disk.
    func adopt(_ effects: ConsumerEffects, _ records: [String: ConsumerRecord]) {
        consumers.adopt(effects.changed, anew: effects.anew, from: records)
        for name in effects.stirred {
            for job in longPolls.wake(consumer: name) { enqueue(job) }
        }
    }
}
