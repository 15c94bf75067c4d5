import OporaProtocol

extension Manifest {
    /// Whether a warning is about streams alone, and the identity sees all of those that this plugin reads: nothing to worry about.
    func sees(all greeting: JSON, _ warning: JSON) -> Bool {
        guard warning["code"] == "stream_not_granted", !streams.isEmpty else { return false }
        let seen = Set((greeting["identity"]?["streams"]?.array ?? []).compactMap(\.string))
        return streams.allSatisfy { seen.contains($0.rawValue) }
    }
}
