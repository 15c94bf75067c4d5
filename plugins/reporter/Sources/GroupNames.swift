import OporaPluginKit

/// The names of groups for one report.
struct GroupNames: Equatable, Sendable {
    /// What stands for a ticket without a value.
    static let none = "(none)"

    var known: [GroupID: String] = [:]

    /// The name; the id where it is not known, `(none)` for no group.
    subscript(_ group: GroupID?) -> String {
        guard let group else { return GroupNames.none }
        return known[group] ?? group.description
    }
}

/// Remembers the desk's group names in memory: the log has no names, and the reporter's file shall have none either.
actor GroupDirectory {
    /// Pages of `group.list` that are read at most: 10,000 groups.
    static let pagesAtMost = 50

    private let page: @Sendable (JSON) async throws -> JSON
    private var names = GroupNames()
    private var isStale = true

    /// - Parameter page: calls `group.list`.
    init(page: @escaping @Sendable (JSON) async throws -> JSON) {
        self.page = page
    }

    /// A group was made or renamed: the next report asks again.
    func forget() { isStale = true }

    /// The names of `groups`. Asks the desk where one is missing or something changed; what it can't tell stays an id.
    func names(of groups: Set<GroupID>) async -> GroupNames {
        guard !groups.isEmpty, isStale || groups.contains(where: { names.known[$0] == nil }) else { return names }
        // Set before asking: a change that is announced meanwhile makes them stale again.
        isStale = false
        do { names = try await load() } catch { isStale = true }
        return names
    }

    private func load() async throws -> GroupNames {
        var loaded = GroupNames()
        var cursor: JSON?
        for _ in 0..<GroupDirectory.pagesAtMost {
            let answer = try await page(["limit": .int(Int64(Limits.pageItems)), "cursor": cursor])
            for item in answer["items"]?.array ?? [] {
                guard let id = item["id"]?.string.flatMap({ GroupID($0) }), let name = item["name"]?.string else { continue }
                loaded.known[id] = name
            }
            guard let next = answer["next_cursor"], !next.isNull else { break }
            cursor = next
        }
        return loaded
    }
}
