import OporaDomain
import OporaKernel
import OporaProtocol
import OporaService

extension Role {
    /// `roles.<name>`.
    init(reading config: Config, _ path: String) {
        self.init(
            methods: Self.patterns(config, "\(path).methods"), deny: Self.patterns(config, "\(path).deny"),
            streams: Self.streams(config, "\(path).streams"), hooks: Self.patterns(config, "\(path).hooks"),
            rights: Set(Self.words(config, "\(path).rights")),
            tickets: config.choice("\(path).tickets", default: TicketScope.all),
            seesInternal: config.bool("\(path).internal", default: true),
            rate: Self.rate(config, "\(path).rate"))
        guard tickets != .all || !seesInternal else { return }
        if streams != [] { config.reject("\(path).streams", "a role that may not see everything reads no events") }
        if !hooks.isEmpty { config.reject("\(path).hooks", "a role that may not see everything is asked at no hook point") }
    }

    private static func patterns(_ config: Config, _ path: String) -> [String] {
        config.strings(path).filter { text in
            if MethodPattern.isPattern(text) { return true }
            config.reject(path, "\"\(text)\" is no pattern: a * stands at its beginning or its end, as in ticket.* and *.get")
            return false
        }
    }

    private static func streams(_ config: Config, _ path: String) -> Set<EventStream>? {
        config.strings(path) == ["*"] ? nil : Set(words(config, path))
    }

    private static func words<T: RawRepresentable<String> & CaseIterable>(_ config: Config, _ path: String) -> [T] {
        config.strings(path).compactMap { word in
            if let found = T(rawValue: word) { return found }
            config.reject(path, "\"\(word)\" is none of \(T.allCases.map(\.rawValue).joined(separator: ", "))")
            return nil
        }
    }

    private static func rate(_ config: Config, _ path: String) -> Identity.Rate? {
        let perSecond = config.int("\(path).per_s", default: 0, in: 1...1_000_000)
        let burst = config.int("\(path).burst", default: max(1, perSecond), in: 1...1_000_000)
        if config.string("\(path).per_s") == nil {
            if config.string("\(path).burst") != nil { config.reject(path, "a rate needs per_s, requests a second") }
            return nil
        }
        return Identity.Rate(perSecond: perSecond, burst: burst)
    }
}

extension HookRule {
    /// `hooks.<point>`.
    init(reading config: Config, _ path: String) {
        let standard = HookRule()
        self.init(
            onFailure: config.choice("\(path).on_failure", default: standard.onFailure),
            order: config.strings("\(path).order"),
            budgetMilliseconds: Int64(
                config.int("\(path).budget_ms", default: Int(standard.budgetMilliseconds), in: 10...10_000)))
    }
}
