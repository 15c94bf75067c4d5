import FoundationEssentials
import OporaPluginKit

/// What a new desk begins with: an admin, a group, working hours, a promise.
///
/// It is done once in the life of a desk: what an admin renames or changes later is not made again. A file remembers the
/// desk's log for which it was done; until then each step carries a fixed key, so that a start that was cut off is made good.
struct Seeding: Sendable {
    var adminName: String
    var adminEmail: String
    /// The IANA name of the zone in which the desk works.
    var zone: String
    /// False where the desk is for a log that tells nothing of replies: every first response would count as missed.
    var promisesResponse = true
    /// The file that remembers.
    var mark: String

    /// Takes the steps that were not taken yet.
    func run(_ client: DeskClient, logID: String) async throws(Failure) {
        let done = FileManager.default.contents(atPath: mark).flatMap { try? JSONParser.parse([UInt8]($0)) }
        guard done?["log_id"]?.string != logID else { return }
        try await seed(client)
        let text: JSON = ["log_id": .string(logID)]
        try text.text.write(newFile: mark)
    }

    private func seed(_ client: DeskClient) async throws(Failure) {
        let person: JSON = [
            "name": .string(adminName), "email": .string(adminEmail), "roles": ["admin", "agent"], "identity": "owner",
        ]
        // Where the owner is somebody already, the desk was set up by hand.
        guard let admin = try await make("admin", "user.create", "user", person, client) else { return }
        _ = try await make("support", "group.create", "group", ["name": "Support", "lead": admin, "members": [admin]], client)
        guard let calendar = try await make("weekdays", "calendar.create", "calendar", calendar, client) else { return }
        _ = try await make(
            "standard", "policy.create", "policy", ["name": "Standard", "calendar": calendar, "targets": targets], client)
    }

    private var calendar: JSON {
        let day: JSON = [["09:00", "18:00"]]
        return [
            "name": "Weekdays", "zone": .string(zone),
            "hours": ["mon": day, "tue": day, "wed": day, "thu": day, "fri": day],
        ]
    }

    /// Working time to the first response and to the solution, by priority.
    var targets: JSON {
        func target(_ responseMinutes: Int64, _ solutionHours: Int64) -> JSON {
            [
                "first_response": promisesResponse ? .int(responseMinutes * 60_000) : nil,
                "resolution": .int(solutionHours * 3_600_000),
            ]
        }
        return ["urgent": target(30, 4), "high": target(60, 8), "normal": target(240, 24), "low": target(480, 40)]
    }

    /// Takes a step; the new thing's id, the same when the step is repeated, or nil where it was taken with other words
    /// or somebody made such a thing by hand.
    private func make(
        _ step: String, _ method: String, _ kind: String, _ params: JSON, _ client: DeskClient
    ) async throws(Failure) -> JSON? {
        do throws(CallError) {
            return try await client.call(method, params, key: "up:seed:1:\(step)")[kind]?["id"]
        } catch {
            if error.code == .idempotencyKeyReused || error.code == .alreadyExists { return nil }
            throw Failure(error, method: method)
        }
    }
}
