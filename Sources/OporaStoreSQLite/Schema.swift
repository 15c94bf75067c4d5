import GRDB

/// The desk's tables. Migrations are only added; what is there is never edited.
///
/// Every index costs each command: one is here only where a query of the protocol needs it.
enum Schema {
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 log") { try $0.execute(sql: log) }
        migrator.registerMigration("1 tickets") { try $0.execute(sql: tickets) }
        migrator.registerMigration("1 people") { try $0.execute(sql: people) }
        migrator.registerMigration("1 sla") { try $0.execute(sql: sla) }
        migrator.registerMigration("2 published") { try $0.execute(sql: published) }
        migrator.registerMigration("2 consumers") { try $0.execute(sql: consumers) }
        migrator.registerMigration("2 keys") { try $0.execute(sql: keys) }
        migrator.registerMigration("3 tickets") { try $0.execute(sql: ticketFacets) }
        migrator.registerMigration("3 attachments") { try $0.execute(sql: attachments) }
        migrator.registerMigration("4 ticket work") { try $0.execute(sql: ticketWork) }
        migrator.registerMigration("3 sla") { try $0.execute(sql: slaVersions) }
        migrator.registerMigration("5 lists") { try $0.execute(sql: lists) }
        migrator.registerMigration("5 views") { try $0.execute(sql: views) }
        migrator.registerMigration("5 macros") { try $0.execute(sql: macros) }
        migrator.registerMigration("5 rights") { try $0.execute(sql: rights) }
        return migrator
    }

    private static let published = """
        ALTER TABLE log ADD COLUMN published INTEGER NOT NULL DEFAULT 0;
        UPDATE log SET published = seq;
        """

    private static let log = """
        CREATE TABLE log(only INTEGER PRIMARY KEY CHECK (only = 1), log_id TEXT NOT NULL, epoch INTEGER NOT NULL,
            seq INTEGER NOT NULL DEFAULT 0, heads TEXT NOT NULL DEFAULT '{}') STRICT;
        CREATE TABLE event(seq INTEGER PRIMARY KEY, prev INTEGER NOT NULL, type TEXT NOT NULL, subject TEXT NOT NULL,
            ticket_id INTEGER, recorded INTEGER NOT NULL, body BLOB NOT NULL) STRICT;
        CREATE INDEX event_ticket ON event(ticket_id) WHERE ticket_id IS NOT NULL;
        CREATE TABLE receipt(id INTEGER PRIMARY KEY, identity TEXT NOT NULL, method TEXT NOT NULL, key TEXT NOT NULL,
            high INTEGER NOT NULL, low INTEGER NOT NULL, result BLOB NOT NULL, seq INTEGER NOT NULL, at INTEGER NOT NULL) STRICT;
        CREATE UNIQUE INDEX receipt_key ON receipt(identity, method, key);
        CREATE TABLE consumer(name TEXT PRIMARY KEY, owner TEXT NOT NULL, streams TEXT NOT NULL,
            acked_seq INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE import_mark(source TEXT NOT NULL, external_id TEXT NOT NULL, ticket_id INTEGER NOT NULL,
            position INTEGER NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (source, external_id)) STRICT, WITHOUT ROWID;
        """

    private static let tickets = """
        CREATE TABLE ticket(id INTEGER PRIMARY KEY, version INTEGER NOT NULL, subject TEXT NOT NULL, status TEXT NOT NULL,
            status_reason TEXT, wake_at INTEGER, priority TEXT NOT NULL, type TEXT, channel TEXT NOT NULL,
            requester_id INTEGER NOT NULL, organization_id INTEGER, group_id INTEGER, assignee_id INTEGER,
            fields TEXT NOT NULL, external_id TEXT, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL,
            solved_at INTEGER, closed_at INTEGER, imported_at INTEGER, due_at INTEGER, next_at INTEGER,
            targets TEXT NOT NULL) STRICT;
        CREATE INDEX ticket_group ON ticket(group_id, status) WHERE group_id IS NOT NULL;
        CREATE INDEX ticket_assignee ON ticket(assignee_id, status) WHERE assignee_id IS NOT NULL;
        CREATE INDEX ticket_requester ON ticket(requester_id);
        CREATE INDEX ticket_external ON ticket(external_id) WHERE external_id IS NOT NULL;
        CREATE INDEX ticket_updated ON ticket(updated_at);
        CREATE INDEX ticket_due ON ticket(due_at) WHERE due_at IS NOT NULL;
        CREATE INDEX ticket_next ON ticket(next_at) WHERE next_at IS NOT NULL;
        CREATE TABLE message(id INTEGER PRIMARY KEY, ticket_id INTEGER NOT NULL, author_id INTEGER, author_kind TEXT NOT NULL,
            visibility TEXT NOT NULL, channel TEXT NOT NULL, created_at INTEGER NOT NULL, text TEXT NOT NULL) STRICT;
        CREATE INDEX message_ticket ON message(ticket_id);
        CREATE TABLE feedback(id INTEGER PRIMARY KEY, ticket_id INTEGER NOT NULL, user_id INTEGER, kind TEXT NOT NULL,
            score INTEGER NOT NULL, comment TEXT, created_at INTEGER NOT NULL) STRICT;
        """

    private static let people = """
        CREATE TABLE user(id INTEGER PRIMARY KEY, version INTEGER NOT NULL, name TEXT NOT NULL, email TEXT COLLATE NOCASE,
            roles TEXT NOT NULL, organization_id INTEGER, language TEXT, zone TEXT, identity TEXT, external_id TEXT,
            active INTEGER NOT NULL, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL) STRICT;
        CREATE UNIQUE INDEX user_email ON user(email) WHERE email IS NOT NULL;
        CREATE UNIQUE INDEX user_identity ON user(identity) WHERE identity IS NOT NULL;
        CREATE UNIQUE INDEX user_external ON user(external_id) WHERE external_id IS NOT NULL;
        CREATE TABLE organization(id INTEGER PRIMARY KEY, version INTEGER NOT NULL, name TEXT NOT NULL, external_id TEXT,
            created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL) STRICT;
        CREATE TABLE team(id INTEGER PRIMARY KEY, version INTEGER NOT NULL, name TEXT NOT NULL, lead_id INTEGER,
            members TEXT NOT NULL, external_id TEXT, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL) STRICT;
        CREATE UNIQUE INDEX team_name ON team(name);
        CREATE UNIQUE INDEX team_external ON team(external_id) WHERE external_id IS NOT NULL;
        """

    private static let sla = """
        CREATE TABLE calendar(id INTEGER PRIMARY KEY, version INTEGER NOT NULL, name TEXT NOT NULL, spec TEXT NOT NULL,
            created_at INTEGER NOT NULL) STRICT;
        CREATE TABLE policy(id INTEGER PRIMARY KEY, version INTEGER NOT NULL, name TEXT NOT NULL, position INTEGER NOT NULL,
            calendar_id INTEGER NOT NULL, conditions TEXT NOT NULL, targets TEXT NOT NULL, warnings TEXT NOT NULL,
            created_at INTEGER NOT NULL) STRICT;
        """
}
