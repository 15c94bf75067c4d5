extension Schema {
    /// The desk's own statuses, tiers, tags, followers, claims, merging, the bin, and the look at what was forgotten: within 7 days
    /// of its last change for tickets that are there already.
    static let ticketFacets = """
        ALTER TABLE ticket ADD COLUMN custom_status TEXT;
        ALTER TABLE ticket ADD COLUMN tier INTEGER;
        ALTER TABLE ticket ADD COLUMN tags TEXT;
        ALTER TABLE ticket ADD COLUMN followers TEXT;
        ALTER TABLE ticket ADD COLUMN claimed_by INTEGER;
        ALTER TABLE ticket ADD COLUMN claimed_until INTEGER;
        ALTER TABLE ticket ADD COLUMN bounces INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE ticket ADD COLUMN merged_into INTEGER;
        ALTER TABLE ticket ADD COLUMN deleted_at INTEGER;
        ALTER TABLE ticket ADD COLUMN touched_at INTEGER;
        ALTER TABLE ticket ADD COLUMN watch_at INTEGER;
        ALTER TABLE ticket ADD COLUMN stuck_at INTEGER;
        UPDATE ticket SET touched_at = updated_at, watch_at = max(updated_at, coalesce(imported_at, 0)) + 604800000,
            next_at = min(coalesce(next_at, 9223372036854775807), max(updated_at, coalesce(imported_at, 0)) + 604800000)
            WHERE status <> 'closed';
        """

    /// Ties, merges, what a desk decides for itself, and the order of the forgotten: its index has those alone, so that it costs
    /// other commands nothing.
    static let ticketWork = """
        ALTER TABLE ticket ADD COLUMN visited TEXT;
        ALTER TABLE ticket ADD COLUMN links INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE message ADD COLUMN published_at INTEGER;
        CREATE INDEX ticket_stuck ON ticket(stuck_at, id) WHERE stuck_at IS NOT NULL;
        CREATE TABLE ticket_link(from_id INTEGER NOT NULL, relation TEXT NOT NULL, to_id INTEGER NOT NULL,
            created_at INTEGER NOT NULL, PRIMARY KEY (from_id, relation, to_id)) STRICT, WITHOUT ROWID;
        CREATE INDEX ticket_link_to ON ticket_link(to_id);
        CREATE TABLE ticket_merge(source_id INTEGER NOT NULL, at INTEGER NOT NULL, target_id INTEGER NOT NULL,
            moved TEXT NOT NULL, stood TEXT NOT NULL, targets TEXT NOT NULL, undone_at INTEGER,
            PRIMARY KEY (source_id, at)) STRICT, WITHOUT ROWID;
        CREATE TABLE desk_status(word TEXT PRIMARY KEY, version INTEGER NOT NULL, category TEXT NOT NULL, label_en TEXT,
            label_ru TEXT, reason TEXT, retired_at INTEGER, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL)
            STRICT, WITHOUT ROWID;
        CREATE TABLE desk_field(name TEXT PRIMARY KEY, version INTEGER NOT NULL, kind TEXT NOT NULL, label_en TEXT,
            label_ru TEXT, choices TEXT NOT NULL, required INTEGER NOT NULL, retired_at INTEGER, created_at INTEGER NOT NULL,
            updated_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE desk_settings(only INTEGER PRIMARY KEY CHECK (only = 1), version INTEGER NOT NULL, settings TEXT NOT NULL)
            STRICT;
        """
}
