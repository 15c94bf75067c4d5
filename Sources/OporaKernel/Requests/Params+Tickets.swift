import OporaDomain
import OporaProtocol

/// Parameters that tickets alone have.
extension Params {
    /// The support line, 1 to 3; nil where none is given.
    func tier(_ name: String) throws(RPCError) -> Int? {
        try optionalInt(name, in: 1...Limits.tiers).map { Int($0) }
    }

    /// Tags as they are kept, each once; nil where none are given.
    func tags(_ name: String) throws(RPCError) -> [String]? {
        guard hasValue(name) else { return nil }
        var tags: [String] = []
        for (index, item) in try array(name, max: Limits.tags).enumerated() {
            guard let tag = item.string.flatMap(Tags.normalized) else {
                throw .invalid(
                    "/\(name)/\(index)", "format", "a tag has 1 to \(Limits.tagCharacters) characters without blanks and commas")
            }
            tags.append(tag)
        }
        return Tags.unique(tags)
    }
}
