import OporaDomain
import OporaProtocol
import OporaTime

extension ViewFilter {
    /// The parameters that say which tickets: of `ticket.list` and `ticket.count`, and the members of a view's `filter`.
    static let members = [
        "status", "category", "unsolved", "priority", "type", "channel", "group", "tier", "assignee", "requester", "follower",
        "organization", "external_id", "tags", "without_tags", "fields", "created_after", "created_before", "created_within_ms",
        "updated_after", "updated_before", "updated_within_ms", "quiet_ms", "due_after", "due_before", "due_within_ms", "sla",
        "waking", "deleted",
    ]

    /// The same as a method's signature names them.
    static let signature = members.map { "\($0)?" }.joined(separator: " ")

    init(reading params: Params) throws(RPCError) {
        self.init()
        statuses = try params.statuses("status") ?? []
        categories = try params.some("category")
        isUnsolved = try params.optionalBool("unsolved") ?? false
        priorities = try params.some("priority")
        types = try params.some("type")
        channels = try params.some("channel")
        tiers = try params.tiers("tier")
        groups = try params.choices("group", mine: "mine")
        assignees = try params.choices("assignee", mine: "me")
        requesters = try params.choices("requester", mine: "me", none: nil)
        followers = try params.choices("follower", mine: "me")
        organizations = try params.choices("organization", mine: nil)
        externalID = try params.optionalLine("external_id")
        tags = try params.tags("tags") ?? []
        withoutTags = try params.tags("without_tags") ?? []
        fields = try params.fields("fields") ?? JSONObject()
        created = try params.span("created")
        updated = try params.span("updated")
        due = try params.span("due")
        quiet = try params.optionalInt("quiet_ms", in: 1...Limits.filterMilliseconds)
        sla = try params.optionalWord("sla")
        isWaking = try params.optionalBool("waking") ?? false
        isDeleted = try params.optionalBool("deleted") ?? false
    }
}

extension Params {
    /// Refuses a word that is no status of the desk: a misspelt one must not find nothing in silence.
    func checkStatuses(_ name: String, _ desk: DeskRules) throws(RPCError) {
        guard let value = object[name], !value.isNull else { return }
        for (index, item) in (value.array ?? [value]).enumerated() {
            guard item.string.flatMap({ desk.status($0) }) == nil else { continue }
            throw .invalid("/\(name)/\(index)", "enum", "must be one of \(desk.words.joined(separator: ", "))")
        }
    }

    /// Several words, one at least where any are given; none means all.
    fileprivate func some<T: RawRepresentable<String> & CaseIterable>(_ name: String) throws(RPCError) -> [T] {
        let found: [T] = try words(name) ?? []
        try checkCount(name, found.count)
        return found
    }

    /// Words for statuses. A view keeps them, and one may be retired since: whoever asks anew has them checked.
    fileprivate func statuses(_ name: String) throws(RPCError) -> [String]? {
        guard let value = object[name], !value.isNull else { return nil }
        let items = value.array ?? [value]
        try checkCount(name, items.count)
        var words: [String] = []
        for item in items {
            let one = Params(object: JSONObject([(name, item)]))
            words.append(try one.name(name))
        }
        return words
    }

    /// Ids, of which one may stand without an array, and the words for whoever asks and for nobody.
    fileprivate func choices<ID: EntityID>(
        _ name: String, mine: String?, none: String? = "none"
    ) throws(RPCError) -> [ViewFilter.Choice<ID>] {
        guard let value = object[name], !value.isNull else { return [] }
        let items = value.array ?? [value]
        try checkCount(name, items.count)
        var choices: [ViewFilter.Choice<ID>] = []
        for (index, item) in items.enumerated() {
            if let mine, item.string == mine {
                choices.append(.mine)
            } else if let none, item.string == none {
                choices.append(.none)
            } else if let id = item.string.flatMap({ ID($0) }) {
                choices.append(.id(id))
            } else {
                let words = [mine, none].compactMap { $0 }.map { ", \($0)" }.joined()
                throw .invalid("/\(name)/\(index)", "format", "must be an id such as \(ID.letter)-1\(words)")
            }
        }
        return choices
    }

    /// Support lines, and `none`.
    fileprivate func tiers(_ name: String) throws(RPCError) -> [Int] {
        guard let value = object[name], !value.isNull else { return [] }
        var tiers: [Int] = []
        for (index, item) in (value.array ?? [value]).enumerated() {
            if item.string == "none" {
                tiers.append(0)
            } else if let tier = item.int, (1...Limits.tiers).contains(tier) {
                tiers.append(Int(tier))
            } else {
                throw .invalid("/\(name)/\(index)", "range", "must be from 1 to \(Limits.tiers), or none")
            }
        }
        try checkCount(name, tiers.count)
        return tiers
    }

    /// `<name>_after`, `<name>_before`, `<name>_within_ms`.
    fileprivate func span(_ name: String) throws(RPCError) -> ViewFilter.Span {
        ViewFilter.Span(
            after: try optionalTime("\(name)_after"), before: try optionalTime("\(name)_before"),
            within: try optionalInt("\(name)_within_ms", in: 1...Limits.filterMilliseconds))
    }

    /// An empty list would mean all: more likely it is a mistake.
    private func checkCount(_ name: String, _ count: Int) throws(RPCError) {
        if object[name]?.array?.isEmpty == true { throw .invalid("/\(name)", "range", "is empty; leave it out to mean all") }
        guard count <= Limits.filterChoices else {
            throw .invalid("/\(name)", "range", "has more than \(Limits.filterChoices) items")
        }
    }
}
