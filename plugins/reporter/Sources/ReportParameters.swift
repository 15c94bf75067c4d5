import OporaPluginKit

/// The parameters of a report, checked as they are read.
struct ReportParameters {
    private let members: JSONObject
    private let zones: SystemZones

    /// Refuses parameters that are not among `names`.
    init(_ params: JSON, _ names: [String], _ zones: SystemZones) throws(RPCError) {
        members = params.object ?? JSONObject()
        self.zones = zones
        for member in members.members where member.name != "_meta" && !names.contains(member.name) {
            throw .invalid("/\(member.name)", "unknown", "there is no such parameter; known are \(names.joined(separator: ", "))")
        }
    }

    /// The zone in which local times are read and days are cut.
    func zone() throws(RPCError) -> ZoneRules {
        let name = try text("zone")
        guard let zone = zones.zone(name) else {
            throw .invalid("/zone", "format", "there is no zone \"\(name)\"; write an IANA name such as Europe/Moscow or UTC")
        }
        return zone
    }

    /// A local time of `zone`, or an RFC 3339 instant.
    func instant(_ name: String, _ zone: ZoneRules) throws(RPCError) -> Timestamp {
        let text = try text(name)
        if let local = LocalTime(text) { return zone.instant(of: local) }
        guard let instant = Timestamp(text) else {
            throw .invalid(
                "/\(name)", "format",
                "\"\(text)\" is no time; write 2026-03-01, 2026-03-01T08:00 or, with its offset, 2026-03-01T08:00:00Z")
        }
        return instant
    }

    /// [from, to), as far as `now`: nobody has spent time yet that is still to come. Empty where both are the same.
    func range(_ zone: ZoneRules, now: Timestamp = .latest) throws(RPCError) -> TimeRange {
        let range = TimeRange(from: try instant("from", zone), to: try instant("to", zone))
        guard range.from <= range.to else { throw .invalid("/to", "range", "\"to\" lies before \"from\"; swap them") }
        return TimeRange(from: range.from, to: max(range.from, min(range.to, now)))
    }

    /// The report's language; English where none is given.
    func language() throws(RPCError) -> Language {
        guard members["language"] != nil else { return .english }
        let text = try text("language")
        guard let language = Language(rawValue: text) else {
            throw .invalid("/language", "enum", "\"\(text)\" is none of en, ru")
        }
        return language
    }

    private func text(_ name: String) throws(RPCError) -> String {
        guard let value = members[name], !value.isNull else { throw .invalid("/\(name)", "required", "it is missing") }
        guard let text = value.string else { throw .invalid("/\(name)", "type", "it must be a string, not \(value.kind)") }
        return text
    }
}
