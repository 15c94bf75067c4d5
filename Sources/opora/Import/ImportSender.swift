import OporaPluginKit
import Synchronization

/// Tells an import to stop after what is under way.
final class StopSign: Sendable {
    private let raised = Atomic<Bool>(false)

    var isRaised: Bool { raised.load(ordering: .relaxed) }

    /// Raises it; false where it was up already.
    func raise() -> Bool { !raised.exchange(true, ordering: .relaxed) }
}

/// Sends requests of an import, again and again until the kernel has dealt with them.
struct ImportSender: Sendable {
    /// How long an answer may take.
    static let callMilliseconds: Int64 = 10_000
    /// How long the kernel may be away before the import gives up.
    static let patienceMilliseconds: Int64 = 120_000
    /// The pause before a request is repeated.
    static let pauseMilliseconds: Int64 = 250

    let client: DeskClient
    let source: String
    let stop: StopSign
    let output: Output

    /// Sends one batch. Repeats are safe: they carry the same key, and a position that is there is skipped.
    func send(_ batch: ImportLanes.Batch) async throws -> BatchOutcome {
        var outcome = BatchOutcome(lane: batch.lane, rows: batch.rows.count)
        var rows = batch.rows
        var key = Desk.newKey()
        var away: Int64 = 0
        while !rows.isEmpty {
            let params: JSON = ["source": .string(source), "items": .array(rows.map(\.item))]
            let clock = ContinuousClock()
            let start = clock.now
            do throws(CallError) {
                let answer = try await client.call(
                    "import.apply", params, key: key, timeoutMilliseconds: ImportSender.callMilliseconds)
                outcome.add(answer)
                return outcome
            } catch {
                if case .rejected(let rejection) = error, let index = ImportSender.item(rejection), rows.indices.contains(index) {
                    // The kernel refuses the whole request for one item: without it the rest goes through.
                    outcome.refused.append(ImportSender.refused(rows.remove(at: index).line, rejection))
                    key = Desk.newKey()
                    continue
                }
                guard error.isRetryable, !stop.isRaised, away < ImportSender.patienceMilliseconds else {
                    throw Failure(error, method: "import.apply")
                }
            }
            output.progress("the kernel does not answer; trying again", ru: "ядро не отвечает; пробую снова")
            try await Task.sleep(for: .milliseconds(ImportSender.pauseMilliseconds))
            away += (clock.now - start).milliseconds
        }
        return outcome
    }

    /// The item that an `invalid_params` is about: `/items/17/set/fields`.
    static func item(_ error: RPCError) -> Int? {
        guard error.code == .invalidParams, let path = error.data["details"]?.array?.first?["path"]?.string else { return nil }
        let parts = path.split(separator: "/")
        return parts.count >= 2 && parts[0] == "items" ? Int(parts[1]) : nil
    }

    private static func refused(_ line: Int, _ error: RPCError) -> ImportTally.BadLine {
        ImportTally.BadLine(line: line, reason: Bilingual(error.message, ru: RussianRejection.text(error)))
    }
}

extension BatchOutcome {
    /// Adds what the answer of `import.apply` says.
    mutating func add(_ answer: JSON) {
        applied += answer["applied"]?.int ?? 0
        skipped += answer["skipped"]?.int ?? 0
        created += answer["created"]?.int ?? 0
        changes += answer["changes"]?.int ?? 0
        for failed in answer["failed"]?.array ?? [] {
            let number = failed["external_id"]?.string ?? "?"
            let code = failed["code"]?.string ?? "?"
            let message = failed["message"]?.string ?? ""
            let ru = ErrorCode(rawValue: code).map { RussianRejection.sentence($0) } ?? code
            refused.append(
                ImportTally.BadLine(
                    line: Int(failed["position"]?.int ?? 0),
                    reason: Bilingual(
                        "\(number): the kernel refused it: \(message)", ru: "\(number): ядро отказало: \(ru) (\(message))")))
        }
    }
}

extension Duration {
    /// Whole milliseconds.
    var milliseconds: Int64 { components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000 }
}
