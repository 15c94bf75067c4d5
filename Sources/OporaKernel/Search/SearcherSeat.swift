import OporaStore

/// A reader thread's own look into the search index, opened at its first search.
final class SearcherSeat {
    private let follower: SearchFollower?
    private var searcher: (any Searcher)?

    init(_ follower: SearchFollower?) { self.follower = follower }

    func opened() throws(StoreError) -> any Searcher {
        if let searcher { return searcher }
        guard let follower else { throw .failed("there is no search index") }
        let made = try follower.makeSearcher()
        searcher = made
        return made
    }
}
