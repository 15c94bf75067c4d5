extension Schema {
    /// What consumers read and how they stand, what they set aside, and where the log begins since old events may be taken out.
    static let consumers = """
        ALTER TABLE consumer ADD COLUMN types TEXT NOT NULL DEFAULT '';
        ALTER TABLE consumer ADD COLUMN max_deliver INTEGER NOT NULL DEFAULT 8;
        ALTER TABLE consumer ADD COLUMN state TEXT NOT NULL DEFAULT 'active';
        ALTER TABLE consumer ADD COLUMN warned INTEGER NOT NULL DEFAULT 0;
        CREATE TABLE parked(consumer TEXT NOT NULL, seq INTEGER NOT NULL, reason TEXT NOT NULL, deliveries INTEGER NOT NULL,
            parked_at INTEGER NOT NULL, retry INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (consumer, seq)) STRICT, WITHOUT ROWID;
        ALTER TABLE log ADD COLUMN first_seq INTEGER NOT NULL DEFAULT 1;
        """
}
