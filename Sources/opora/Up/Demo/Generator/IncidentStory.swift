/// The life of one generated incident: its lines from the call to the closing.
struct IncidentStory {
    /// Hours to the solution at these shares of all incidents, read off the public log; between them it is interpolated.
    private static let solutionHours: [(share: Double, hours: Double)] = [
        (0, 0.1), (0.1, 0.9), (0.25, 19), (0.5, 91), (0.75, 313), (0.9, 645), (1, 1200),
    ]
    /// Of 100 incidents, how many have 0, 1, 2 ... updates between the first line and the solution.
    private static let updateCounts = [8, 14, 16, 14, 12, 9, 7, 5, 4, 3, 2, 2, 2, 1, 1]
    /// The account of the nightly job that closes what stayed solved for five days.
    private static let closingJob = 908

    private var random: SplitMix64
    private var row: IncidentRow
    private var rows: [IncidentRow] = []

    /// - Parameter random: its own source, so that one incident's story does not depend on another's.
    init(number: Int, opened: Int, random: SplitMix64) {
        var random = random
        let severity = IncidentSeverity.allCases[random.weighted(IncidentSeverity.allCases.map(\.frequency))]
        let facts = IncidentRow.Facts(
            number: number, caller: 1 + random.skewed(4800), openedBy: random.chance(0.11) ? nil : 1 + random.skewed(400),
            createdBy: random.chance(0.28) ? nil : 1 + random.skewed(180), opened: opened,
            hasCreationTime: !random.chance(0.28), location: 1 + random.skewed(220), category: 1 + random.skewed(55),
            subcategory: 1 + random.skewed(300), symptom: random.chance(0.32) ? nil : 1 + random.skewed(500),
            item: random.chance(0.01) ? 1 + random.below(40) : nil, severity: severity, closingCode: 1 + random.skewed(15))
        // The first line answers every second call itself; the rest goes straight to a team.
        row = IncidentRow(
            facts: facts, state: random.chance(0.78) ? .new : .active, reassignments: 0, reopens: 0, changes: 0,
            keptPromise: true, updatedBy: 1 + random.skewed(900), at: opened + 4 + random.below(26),
            group: random.chance(0.04) ? nil : random.chance(0.5) ? 70 : 1 + random.skewed(66),
            resolver: random.chance(0.45) ? nil : 1 + random.skewed(230))
        self.random = random
    }

    /// All lines of the incident, in order of time.
    mutating func tell() -> [IncidentRow] {
        rows = [row]
        let solved = max(row.at + 2, OfficeHours.next(row.facts.opened + timeToSolve(), &random))
        work(until: solved)
        resolve(at: solved)
        var end = solved
        if random.chance(0.014) {
            end = reopen(after: solved)
        }
        if random.chance(0.06) { update(at: end + 30 + random.below(600)) { _, _ in } }
        // Some wait longer than five days: the caller had been asked once more.
        let days = random.chance(0.3) ? 6 + random.below(12) : 5
        let closed = ((end + days * 1440) / 60 + 1) * 60
        row.updatedBy = Self.closingJob
        row.state = .closed
        record(at: closed)
        let resolvedBy = random.chance(0.03) ? nil : 1 + random.skewed(210)
        let knowsSolution = !random.chance(0.01)
        for index in rows.indices {
            rows[index].facts.resolvedBy = resolvedBy
            rows[index].facts.resolved = knowsSolution ? end : nil
            rows[index].facts.closed = closed
        }
        return rows
    }

    private mutating func timeToSolve() -> Int {
        let share = random.unit()
        let table = Self.solutionHours
        let above = table.firstIndex { $0.share > share } ?? table.count - 1
        let (low, high) = (table[above - 1], table[above])
        let hours = low.hours + (high.hours - low.hours) * (share - low.share) / (high.share - low.share)
        return Int(hours * 60 * row.facts.severity.pace)
    }

    private mutating func work(until solved: Int) {
        let span = solved - row.at
        // Most happens soon after the call.
        let moments = (0..<random.weighted(Self.updateCounts)).map { _ in
            row.at + Int(Double(span) * random.unit() * random.unit())
        }
        for moment in moments.sorted() {
            let at = OfficeHours.next(moment, &random)
            guard at < solved, at > row.at else { continue }
            update(at: at) { row, random in
                if row.state.isWaiting, random.chance(0.6) {
                    row.state = .active
                    return
                }
                switch random.weighted([30, 24, 26, 15, 1, 2, 1]) {
                case 0: break
                case 1:
                    row.group = 1 + random.skewed(66)
                    row.resolver = nil
                    row.reassignments += 1
                case 2:
                    row.state = .active
                    row.resolver = 1 + random.skewed(230)
                case 3: row.state = .awaitingUser
                case 4: row.state = .awaitingVendor
                case 5: row.state = .awaitingProblem
                default: row.state = .awaitingEvidence
                }
            }
        }
    }

    private mutating func resolve(at moment: Int) {
        update(at: moment) { row, random in
            row.state = .resolved
            row.resolver = row.resolver ?? 1 + random.skewed(230)
        }
    }

    /// The caller says that it does not work: one more round. Returns when that one was solved.
    private mutating func reopen(after solved: Int) -> Int {
        update(at: OfficeHours.next(solved + 60 + random.below(4000), &random)) { row, _ in
            row.state = .active
            row.reopens += 1
        }
        let again = OfficeHours.next(row.at + 120 + random.below(5000), &random)
        resolve(at: again)
        return again
    }

    private mutating func update(at moment: Int, _ body: (inout IncidentRow, inout SplitMix64) -> Void) {
        row.updatedBy = 1 + random.skewed(900)
        body(&row, &random)
        record(at: moment)
    }

    private mutating func record(at moment: Int) {
        row.at = moment
        row.changes += random.chance(0.05) ? 2 : 1
        let isLate = moment - row.facts.opened > row.facts.severity.promisedHours * 60
        if isLate, row.state != .closed { row.keptPromise = false }
        rows.append(row)
    }
}
