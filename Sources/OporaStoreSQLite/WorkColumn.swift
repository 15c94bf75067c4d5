import OporaDomain
import OporaProtocol
import OporaStore
import OporaTime

/// What an agent can take on, as one column: nothing for the many who answer no tickets.
enum WorkColumn {
    static func text(_ work: Work) -> String? {
        guard work != Work() else { return nil }
        var object = JSONObject()
        if !work.skills.isEmpty { object["s"] = .object(JSONObject(work.skills.map { ($0.name, .int(Int64($0.level))) })) }
        object["c"] = work.capacity.map { .int(Int64($0)) }
        if work.availability.isAway { object["a"] = true }
        object["u"] = work.availability.until.map { .int($0.rawValue) }
        object["r"] = work.availability.replacement.map { .int($0.rawValue) }
        return JSON.object(object).text
    }

    static func read(_ text: String?) throws(StoreError) -> Work {
        guard let text else { return Work() }
        guard let json = try? JSONParser.parse(Array(text.utf8)) else { throw .corrupt("what a user can take on is no JSON") }
        let skills = json["s"]?.object?.members.map { Skill(name: $0.name, level: Int($0.value.int ?? 0)) } ?? []
        return Work(
            skills: skills, capacity: json["c"]?.int.map { Int($0) },
            availability: Availability(
                isAway: json["a"]?.bool ?? false, until: json["u"]?.int.map { Timestamp($0) },
                replacement: json["r"]?.int.map { UserID(rawValue: $0) }))
    }
}

/// Roles as a column: `,agent,night:agent,`. Commas on both ends let one LIKE find a role.
enum RolesColumn {
    static func text(_ user: User) -> String {
        let all = user.roles.map(\.rawValue) + user.deskRoles.map { "\($0.name):\($0.base.rawValue)" }
        return ",\(all.sorted().joined(separator: ",")),"
    }

    static func read(_ text: String, into user: inout User) {
        user.roles = []
        for word in text.split(separator: ",") {
            let parts = word.split(separator: ":", maxSplits: 1)
            if parts.count == 2, let base = UserRole(rawValue: String(parts[1])) {
                user.deskRoles.append(DeskRole(name: String(parts[0]), base: base))
            } else if let role = UserRole(rawValue: String(word)) {
                user.roles.insert(role)
            }
        }
    }
}
