/// In which order the plugins of a hook point are asked: as the operator says, else as their manifests ask, else by name.
struct HookOrder: Hashable {
    /// Places in the list that was given, in order.
    let places: [Int]
    /// The manifests contradict each other: those plugins stand by name.
    let hasCycle: Bool

    /// - Parameters:
    ///   - seats: one for each plugin.
    ///   - wanted: the operator's order; plugins that it leaves out come after those that it names.
    init(_ seats: [HookSeat], wanted: [String]) {
        let ranks = Dictionary(wanted.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        let listed = seats.indices.filter { ranks[seats[$0].plugin] != nil }
            .sorted { (ranks[seats[$0].plugin] ?? 0) < (ranks[seats[$1].plugin] ?? 0) }
        let byName = seats.indices.filter { ranks[seats[$0].plugin] == nil }.sorted { seats[$0].plugin < seats[$1].plugin }
        let free = HookOrder.sort(byName, seats)
        hasCycle = free == nil
        places = listed + (free ?? byName)
    }

    /// The places so that every wish holds, otherwise by name; nil where the wishes contradict each other.
    private static func sort(_ byName: [Int], _ seats: [HookSeat]) -> [Int]? {
        func isBefore(_ a: Int, _ b: Int) -> Bool {
            a != b && (seats[a].before.contains(seats[b].plugin) || seats[b].after.contains(seats[a].plugin))
        }
        var rest = byName
        var order: [Int] = []
        while !rest.isEmpty {
            guard let next = rest.firstIndex(where: { place in !rest.contains { isBefore($0, place) } }) else { return nil }
            order.append(rest.remove(at: next))
        }
        return order
    }
}
