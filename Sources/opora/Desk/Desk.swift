import FoundationEssentials
import OporaPluginKit

/// A connection to a kernel for one command: calls, names of people and groups, the clock, and where results go.
struct Desk: Sendable {
    /// How long an answer may take.
    static let callMilliseconds: Int64 = 10_000
    /// The pause before a lost command goes out again.
    static let pauseMilliseconds: Int64 = 250

    let client: DeskClient
    let location: DeskLocation
    let output: Output
    /// The zone in which times are shown and local times are read.
    let zone: ZoneRules
    /// The instant at which the command began.
    let now: Timestamp

    init(_ options: CommonOptions) throws {
        output = options.output()
        location = options.location
        client = try options.connect()
        zone = SystemZones().zone(SystemZones.localName()) ?? .utc
        now = SystemTime.now()
    }

    var language: Language { output.language }

    /// Asks for something.
    func read(_ method: String, _ params: JSON = [:], milliseconds: Int64 = Desk.callMilliseconds) async throws -> JSON {
        do throws(CallError) {
            return try await client.call(method, params, timeoutMilliseconds: milliseconds)
        } catch {
            throw failure(error, method)
        }
    }

    /// Changes something, once: where the answer is lost the same command goes out again with the same key, and the
    /// kernel answers what it answered before.
    func change(
        _ method: String, _ params: JSON, _ options: ChangeOptions, milliseconds: Int64 = Desk.callMilliseconds
    ) async throws -> JSON {
        let key = options.idempotencyKey ?? Desk.newKey()
        do throws(CallError) {
            return try await client.call(
                method, params, key: key, onBehalfOf: options.actor, timeoutMilliseconds: milliseconds)
        } catch {
            guard error.isRetryable else { throw Failure(error, method: method) }
        }
        try await Task.sleep(for: .milliseconds(Desk.pauseMilliseconds))
        do throws(CallError) {
            return try await client.call(
                method, params, key: key, onBehalfOf: options.actor, timeoutMilliseconds: milliseconds)
        } catch {
            throw failure(error, method, changes: true)
        }
    }

    /// What a person is told. Whoever shows a key that the kernel does not know gets no answer at all.
    private func failure(_ error: CallError, _ method: String, changes: Bool = false) -> Failure {
        var failure = Failure(error, method: method, changes: changes)
        if case .noAnswer = error, location.keyFile != nil {
            failure.hint = Bilingual(
                "Does the kernel know this key? `opora key list` says so to its owner; it may have been revoked.",
                ru: "Знает ли ядро этот ключ? Это скажет `opora key list` от имени владельца; возможно, ключ отозван.")
        }
        return failure
    }

    /// A key that nobody else uses.
    static func newKey() -> String { "opora-\(UUID().uuidString.lowercased())" }

    /// An instant that somebody typed.
    func instant(_ text: String, _ option: String) throws -> Timestamp {
        guard let instant = Spans.instant(text, zone: zone, now: now) else {
            throw Failure.usage(
                "\(option): \"\(text)\" is no time; write 2026-03-01, \"2026-03-01 08:00\", 2026-03-01T08:00:00Z or +2h",
                ru: "\(option): «\(text)» — не время; пишите 2026-03-01, \"2026-03-01 08:00\", 2026-03-01T08:00:00Z или +2h")
        }
        return instant
    }

    /// A local date and time to the minute.
    func local(_ at: Timestamp) -> String { Spans.local(at, zone) }

    /// A local date and time to the second.
    func localToSecond(_ at: Timestamp) -> String { "\(zone.local(at).date.text) \(Spans.clock(at, zone))" }

    /// A member with an instant, shown as local time.
    func local(_ value: JSON?) -> String { value?.string.flatMap { Timestamp($0) }.map(local) ?? "—" }
}

/// The one place that reads the clock.
enum SystemTime {
    static func now() -> Timestamp { Timestamp(Int64((Date().timeIntervalSince1970 * 1000).rounded(.down))) }
}
