import OporaDomain
import OporaProtocol
import OporaStore
import OporaTime

/// Users as rows.
enum UserRow {
    static let columns = """
        id, version, name, email, roles, organization_id, language, zone, identity, external_id, active, created_at, updated_at, \
        work
        """

    static func read(_ row: Statement) throws(StoreError) -> User {
        var user = User(
            id: row.id(0), version: row.int(1), name: row.text(2), email: row.optionalText(3), organization: row.optionalID(5),
            language: row.optionalText(6), zone: row.optionalText(7),
            identity: row.optionalText(8), externalID: row.optionalText(9), isActive: row.int(10) != 0,
            createdAt: row.time(11), updatedAt: row.time(12))
        RolesColumn.read(row.text(4), into: &user)
        user.work = try WorkColumn.read(row.optionalText(13))
        return user
    }

    static func write(_ user: User, _ connection: Connection) throws(StoreError) {
        let statement = try connection.statement(
            """
            INSERT INTO user(id, version, name, email, roles, organization_id, language, zone, identity, external_id, active,
                created_at, updated_at, work) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
            ON CONFLICT(id) DO UPDATE SET version = ?2, name = ?3, email = ?4, roles = ?5, organization_id = ?6, language = ?7,
                zone = ?8, identity = ?9, external_id = ?10, active = ?11, updated_at = ?13, work = ?14
            """)
        statement.bind(user.id.rawValue).bind(user.version).bind(user.name).bind(user.email).bind(RolesColumn.text(user))
            .bind(user.organization?.rawValue).bind(user.language).bind(user.zone).bind(user.identity)
            .bind(user.externalID).bind(user.isActive ? 1 : 0).bind(user.createdAt).bind(user.updatedAt)
            .bind(WorkColumn.text(user.work))
        try statement.run()
    }
}

/// Organizations as rows.
enum OrganizationRow {
    static let columns = "id, version, name, external_id, created_at, updated_at"

    static func read(_ row: Statement) throws(StoreError) -> Organization {
        Organization(
            id: row.id(0), version: row.int(1), name: row.text(2), externalID: row.optionalText(3), createdAt: row.time(4),
            updatedAt: row.time(5))
    }

    static func write(_ organization: Organization, _ connection: Connection) throws(StoreError) {
        let statement = try connection.statement(
            """
            INSERT INTO organization(id, version, name, external_id, created_at, updated_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
            ON CONFLICT(id) DO UPDATE SET version = ?2, name = ?3, external_id = ?4, updated_at = ?6
            """)
        statement.bind(organization.id.rawValue).bind(organization.version).bind(organization.name)
            .bind(organization.externalID).bind(organization.createdAt).bind(organization.updatedAt)
        try statement.run()
    }
}

/// Groups as rows; the table is `team`, for GROUP is a word of SQL.
enum GroupRow {
    static let columns = "id, version, name, lead_id, members, external_id, created_at, updated_at"

    static func read(_ row: Statement) throws(StoreError) -> Group {
        var group = Group(
            id: row.id(0), version: row.int(1), name: row.text(2), lead: row.optionalID(3),
            externalID: row.optionalText(5), createdAt: row.time(6), updatedAt: row.time(7))
        // A member is a number, or a number and the tier on which they work.
        for item in try row.json(4).array ?? [] {
            guard let number = item.int ?? item.array?.first?.int else { continue }
            let user = UserID(rawValue: number)
            group.members.append(user)
            if let tier = item.array?.last?.int { group.tiers[user] = Int(tier) }
        }
        return group
    }

    static func write(_ group: Group, _ connection: Connection) throws(StoreError) {
        let statement = try connection.statement(
            """
            INSERT INTO team(id, version, name, lead_id, members, external_id, created_at, updated_at)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
            ON CONFLICT(id) DO UPDATE SET version = ?2, name = ?3, lead_id = ?4, members = ?5, external_id = ?6, updated_at = ?8
            """)
        statement.bind(group.id.rawValue).bind(group.version).bind(group.name).bind(group.lead?.rawValue)
            .bind(members(group).text).bind(group.externalID)
            .bind(group.createdAt).bind(group.updatedAt)
        try statement.run()
    }

    private static func members(_ group: Group) -> JSON {
        .array(
            group.members.map { user in
                guard let tier = group.tiers[user] else { return .int(user.rawValue) }
                return [.int(user.rawValue), .int(Int64(tier))]
            })
    }
}
