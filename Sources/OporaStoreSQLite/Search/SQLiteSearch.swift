public import OporaStore

/// The full-text index in SQLite files of its own, so that making it never holds up a command.
public struct SQLiteSearch: SearchIndex {
    private let folder: SearchFolder
    private let desk: String

    /// - Parameters:
    ///   - folder: where the index lies; made where it is missing.
    ///   - desk: the file of the desk.
    public init(folder: String, desk: String) throws(StoreError) {
        self.folder = try SearchFolder(folder)
        self.desk = desk
    }

    public func makeIndexer() throws(StoreError) -> any SearchIndexer { SQLiteSearchIndexer(folder) }
    public func makeSearcher() throws(StoreError) -> any Searcher { SQLiteSearcher(folder, desk: desk) }
}
