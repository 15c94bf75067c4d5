extension Schema {
    /// Every version of policies and calendars, what policies can say besides, and edits whose tickets are still to be counted anew.
    static let slaVersions = """
        ALTER TABLE policy ADD COLUMN options TEXT NOT NULL DEFAULT '{}';
        ALTER TABLE policy ADD COLUMN updated_at INTEGER NOT NULL DEFAULT 0;
        UPDATE policy SET updated_at = created_at;
        ALTER TABLE calendar ADD COLUMN updated_at INTEGER NOT NULL DEFAULT 0;
        UPDATE calendar SET updated_at = created_at;
        CREATE TABLE policy_version(id INTEGER NOT NULL, version INTEGER NOT NULL, name TEXT NOT NULL, position INTEGER NOT NULL,
            calendar_id INTEGER NOT NULL, conditions TEXT NOT NULL, targets TEXT NOT NULL, warnings TEXT NOT NULL,
            created_at INTEGER NOT NULL, options TEXT NOT NULL, updated_at INTEGER NOT NULL,
            PRIMARY KEY (id, version)) STRICT, WITHOUT ROWID;
        INSERT INTO policy_version SELECT id, version, name, position, calendar_id, conditions, targets, warnings, created_at,
            options, updated_at FROM policy;
        CREATE TABLE calendar_version(id INTEGER NOT NULL, version INTEGER NOT NULL, name TEXT NOT NULL, spec TEXT NOT NULL,
            created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, PRIMARY KEY (id, version)) STRICT, WITHOUT ROWID;
        INSERT INTO calendar_version SELECT id, version, name, spec, created_at, updated_at FROM calendar;
        CREATE TABLE sla_edit(number INTEGER PRIMARY KEY, subject TEXT NOT NULL, at INTEGER NOT NULL,
            after_ticket INTEGER NOT NULL) STRICT;
        """
}
