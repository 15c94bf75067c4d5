import OporaProtocol

/// What a plugin gets of what it asks for: what its identity allows, and a warning for each thing else.
struct PluginGrant: Sendable {
    /// Something in a greeting that was refused or is worth a word.
    struct Warning: Hashable, Sendable {
        /// What it is about, for programs.
        enum Code: String {
            case methodNotGranted = "method_not_granted"
            case hookNotGranted = "hook_not_granted"
            case unknownHook = "unknown_hook"
            case hookCycle = "hook_cycle"
            case eventNotGranted = "event_not_granted"
            case streamNotGranted = "stream_not_granted"
            case schemaKeywordIgnored = "schema_keyword_ignored"
            case libraryOld = "library_old"

            /// True where something that was asked for is not granted: a strict greeting fails.
            var isRefusal: Bool { self != .hookCycle && self != .libraryOld }
        }

        var code: Code
        /// For people.
        var detail: String
        /// Where it stands in `params`.
        var path: String

        var json: JSON { ["code": .string(code.rawValue), "detail": .string(detail)] }
    }

    /// The name that its methods and events carry: its identity's. The owner may speak for any plugin.
    let plugin: String
    private(set) var methods: [String: PluginOffer.Method] = [:]
    private(set) var hooks: [HookPoint: PluginOffer.Hook] = [:]
    private(set) var events: [EventName: PluginOffer.EventType] = [:]
    var warnings: [Warning] = []

    init(_ offer: PluginOffer, to identity: Identity) {
        plugin = identity.name == Identity.owner.name ? offer.name : identity.name
        grantMethods(offer)
        grantHooks(offer, identity)
        grantEvents(offer)
        if !offer.consumers.isEmpty, let streams = identity.streams {
            let seen = streams.map(\.rawValue).sorted().joined(separator: ", ")
            warn(
                .streamNotGranted,
                "\(identity.name) may read \(seen.isEmpty ? "no stream" : "only \(seen)"): its consumers get no others",
                "/manifest/consumers")
        }
        for path in offer.ignoredKeywords { warn(.schemaKeywordIgnored, "\(path) is not checked by this kernel", path) }
    }

    /// What a strict greeting fails for; nil where everything is granted.
    var refusal: RPCError? {
        let refused = warnings.filter(\.code.isRefusal)
        if refused.isEmpty { return nil }
        return .invalid(refused.map { Schema.Violation(path: $0.path, rule: $0.code.rawValue, message: $0.detail) })
    }

    /// What was granted, for the answer.
    var json: JSON {
        [
            "methods": .array(methods.keys.sorted().map { .string($0) }),
            "hooks": .array(hooks.keys.map(\.rawValue).sorted().map { .string($0) }),
            "events": .array(events.keys.map(\.cloudEventsType).sorted().map { .string($0) }),
        ]
    }

    private mutating func warn(_ code: Warning.Code, _ detail: String, _ path: String) {
        warnings.append(Warning(code: code, detail: detail, path: path))
    }

    private mutating func grantMethods(_ offer: PluginOffer) {
        for (index, method) in offer.methods.enumerated() {
            if case .plugin(let name)? = EventName(method.name), name.hasPrefix("x.\(plugin).") {
                methods[method.name] = method
            } else {
                warn(
                    .methodNotGranted, "\(method.name.prefix(80)) is not x.\(plugin).<verb>", "/manifest/methods/\(index)/name")
            }
        }
    }

    private mutating func grantHooks(_ offer: PluginOffer, _ identity: Identity) {
        for (index, hook) in offer.hooks.enumerated() {
            let path = "/manifest/hooks/\(index)/point"
            guard let point = HookPoint(rawValue: hook.point) else {
                let known = HookPoint.allCases.map(\.rawValue).joined(separator: ", ")
                warn(.unknownHook, "there is no hook point \(hook.point.prefix(80)), only \(known)", path)
                continue
            }
            guard identity.mayHook(hook.point) else {
                warn(
                    .hookNotGranted,
                    "\(identity.name) may not be asked at \(hook.point); the operator grants it with `hooks` of a role",
                    path)
                continue
            }
            hooks[point] = hook
        }
    }

    private mutating func grantEvents(_ offer: PluginOffer) {
        for (index, event) in offer.events.enumerated() {
            // By the name's own parts: the dot of an identity `a.b` must not make it `a`.
            if let name = EventName(cloudEventsType: event.type), case .plugin(let text) = name, text.hasPrefix("x.\(plugin).") {
                events[name] = event
            } else {
                warn(
                    .eventNotGranted, "\(event.type.prefix(80)) is not x.\(plugin).<event>.v1", "/manifest/events/\(index)/type")
            }
        }
    }
}
