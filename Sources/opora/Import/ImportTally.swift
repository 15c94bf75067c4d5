import OporaPluginKit

/// What an import has come across so far. Its size has a limit, whatever the file.
struct ImportTally: Sendable {
    /// Lines with a fault that are told of one by one; the others are counted.
    static let linesShown = 20

    /// A line that was passed over, and why.
    struct BadLine: Hashable, Sendable {
        var line: Int
        var reason: Bilingual
    }

    /// Rows of the file, without the header.
    var rows: Int64 = 0
    /// Rows that could not be read.
    private(set) var bad: Int64 = 0
    /// Rows that the kernel refused.
    private(set) var refused: Int64 = 0
    /// The first of both that were met.
    private var met: [BadLine] = []
    /// The first of both, by line.
    var badLines: [BadLine] { met.sorted { $0.line < $1.line } }

    /// Rows that took effect, rows that had before, tickets and events made.
    var applied: Int64 = 0
    var skipped: Int64 = 0
    var created: Int64 = 0
    var changes: Int64 = 0

    private(set) var states = WordCount()
    private(set) var priorities = WordCount()
    private(set) var contactTypes = WordCount()
    private(set) var unknownStates = WordCount()
    private(set) var unknownPriorities = WordCount()
    private(set) var unknownContactTypes = WordCount()
    private(set) var tickets = DistinctCount()
    private(set) var callers = DistinctCount()
    private(set) var groups = DistinctCount()
    private(set) var agents = DistinctCount()

    /// Notes a row that could be read.
    mutating func add(_ row: ImportRow) {
        rows += 1
        tickets.add(row.number)
        if let state = row.state {
            states.add(state)
            if ServiceNowWords.state(state) == nil { unknownStates.add(state) }
        }
        if let priority = row.priority {
            priorities.add(priority)
            if ServiceNowWords.priority(priority) == nil { unknownPriorities.add(priority) }
        }
        if let type = row.contactType {
            contactTypes.add(type)
            if ServiceNowWords.channel(type) == nil { unknownContactTypes.add(type) }
        }
        if let caller = row.caller { callers.add(caller) }
        if let group = row.group { groups.add(group) }
        if let agent = row.assignee { agents.add(agent) }
    }

    /// Notes a row that could not be read.
    mutating func add(bad line: Int, _ fault: RowFault) {
        rows += 1
        bad += 1
        note(line, Bilingual(fault.text(.en), ru: fault.text(.ru)))
    }

    /// Notes what the kernel made of some rows.
    mutating func add(_ outcome: BatchOutcome) {
        applied += outcome.applied
        skipped += outcome.skipped
        created += outcome.created
        changes += outcome.changes
        for line in outcome.refused {
            refused += 1
            note(line.line, line.reason)
        }
    }

    private mutating func note(_ line: Int, _ reason: Bilingual) {
        if met.count < ImportTally.linesShown { met.append(BadLine(line: line, reason: reason)) }
    }
}

/// What the kernel made of one request.
struct BatchOutcome: Hashable, Sendable {
    var lane: Int
    var rows: Int
    var applied: Int64 = 0
    var skipped: Int64 = 0
    var created: Int64 = 0
    var changes: Int64 = 0
    var refused: [ImportTally.BadLine] = []
}
