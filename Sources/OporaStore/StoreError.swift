/// Why the store could not do what was asked.
public enum StoreError: Error, Hashable, Sendable, CustomStringConvertible {
    /// No space is left; reads go on, writes may succeed later.
    case full
    /// Somebody holds the file.
    case busy
    /// What is on disk is not what was written. Restore from a backup.
    case corrupt(String)
    /// Anything else the engine said. What was committed is unknown.
    case failed(String)

    public var description: String {
        switch self {
        case .full: "no space is left on the disk"
        case .busy: "another process holds the database"
        case .corrupt(let detail): "the database is damaged: \(detail)"
        case .failed(let detail): "the database failed: \(detail)"
        }
    }
}
