public import OporaProtocol

/// In which statuses a policy's targets stand still.
///
/// The defaults: `pending` pauses next_response, periodic_update and resolution; `on_hold` pauses nothing. `first_response` is
/// never paused. A solved ticket waits for nobody: next_response and periodic_update stand still whatever the plan says.
public struct PausePlan: Hashable, Sendable {
    /// What can pause a target: the categories that wait on somebody.
    public static let categories: [TicketStatus] = [.pending, .onHold]

    private var categories: [TargetKind: Set<TicketStatus>] = [
        .nextResponse: [.pending], .periodicUpdate: [.pending], .resolution: [.pending],
    ]

    public init() {}

    /// Whether a target stands still in a status.
    public func pauses(_ kind: TargetKind, in status: TicketStatus) -> Bool {
        if status == .solved { return kind == .nextResponse || kind == .periodicUpdate }
        return categories[kind]?.contains(status) ?? false
    }

    /// Reads `{"resolution": ["pending", "on_hold"]}`; targets that are not named stay as they are in `base`.
    /// - Throws: `invalid_params` with the path below `/pauses`.
    public init(reading value: JSON?, base: PausePlan = .init()) throws(RPCError) {
        self = base
        guard let value, !value.isNull else { return }
        guard let object = value.object else { throw .invalid("/pauses", "type", "must be an object, not \(value.kind)") }
        for member in object.members {
            let path = "/pauses/\(member.name)"
            let kind = try TargetKind(reading: member.name, at: path)
            guard kind != .firstResponse else { throw .invalid(path, "enum", "first_response is never paused") }
            var statuses: Set<TicketStatus> = []
            for (index, item) in (member.value.array ?? [member.value]).enumerated() {
                guard let status = item.string.flatMap(TicketStatus.init(rawValue:)), Self.categories.contains(status) else {
                    throw .invalid("\(path)/\(index)", "enum", "must be one of pending, on_hold")
                }
                statuses.insert(status)
            }
            categories[kind] = statuses
        }
    }

    /// The plan as it is shown and kept: every target that can be paused.
    public var json: JSON {
        .object(
            JSONObject(
                TargetKind.allCases.filter { $0 != .firstResponse }.map { kind in
                    let words = Self.categories.filter { categories[kind]?.contains($0) ?? false }
                    return (kind.rawValue, .array(words.map { .string($0.rawValue) }))
                }))
    }
}
