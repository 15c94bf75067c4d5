import OporaProtocol

extension Identity {
    /// What is left of some streams (none named means all) for this identity to see; nil where nothing is.
    func visible(_ wanted: [EventStream]) -> [EventStream]? {
        if isLimited { return nil }
        guard let streams else { return wanted }
        let visible = wanted.isEmpty ? EventStream.allCases.filter(streams.contains) : wanted.filter(streams.contains)
        return visible.isEmpty ? nil : visible
    }
}
