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
}
