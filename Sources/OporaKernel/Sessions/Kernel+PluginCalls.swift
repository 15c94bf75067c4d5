import OporaDomain
import OporaProtocol
import OporaStore
import OporaTime

extension Kernel {
    /// Takes a call of `x.<plugin>.<verb>` to the plugin, its parameters checked.
    func routeToPlugin(_ request: Request, _ identity: Identity, _ to: ReplyTo) throws(RPCError) {
        let (session, method) = try provider(request.method)
        guard !request.isPositional else { throw .invalid("", "type", "parameters are given by name, as an object") }
        if let violations = method.params?.check(.object(request.params)), !violations.isEmpty { throw .invalid(violations) }
        guard !Authority.isPlain(request, identity) else { return try call(request, identity, to, by: session, method) }
        guard request.meta.onBehalfOf == nil || identity.rights.contains(.onBehalfOf) else {
            throw RPCError(.forbidden, "\(identity.name) may not act on behalf of others; it lacks the right on_behalf_of")
        }
        // Whether there is such a person, and what they may do, a reader knows.
        let job = QueryJob(
            request: request, identity: identity, replyTo: try counted(to), arrived: clock.now, errand: .pluginCall)
        enqueue(job)
    }

    /// Who answers a method; nobody whose key or role was taken away since the greeting.
    private func provider(_ name: String) throws(RPCError) -> (Session, PluginOffer.Method) {
        guard let session = sessions.provider(of: name), let method = session.methods[name],
            access.identity(session.identity.user) != nil
        else { throw RPCError(.providerOffline, "no plugin that is connected answers \(name.prefix(80)); is it running?") }
        return (session, method)
    }

    /// What a reader does before a plugin is called for a person. Runs on the reader's thread.
    func callForPerson(_ job: QueryJob, _ store: any StoreReader) throws {
        _ = try sight(of: job.request, job.identity, store)
        let (session, method) = try provider(job.request.method)
        try call(job.request, job.identity, job.replyTo, by: session, method)
    }

    private func call(
        _ request: Request, _ identity: Identity, _ to: ReplyTo, by session: Session, _ method: PluginOffer.Method
    ) throws(RPCError) {
        let wait = min(method.milliseconds, request.meta.deadlineMilliseconds ?? Limits.deadlineMillisecondsDefault)
        let to = to.isCounted ? to : try counted(to)
        let token = session.capabilities.contains(.progress) ? request.meta.progressToken : nil
        guard
            let id = sessions.beginCall(
                session.peer, request.method, to, until: clock.now + wait, result: method.result, progressToken: token)
        else { return answer(to, .failure(Kernel.busy)) }
        var params = JSONObject([
            ("name", .string(request.method)), ("params", .object(request.params)), ("caller", .string(identity.name)),
        ])
        if let user = request.meta.onBehalfOf ?? user(of: identity.name) { params["user"] = .string("\(user)") }
        params["deadline_ms"] = .int(wait)
        if token != nil { params["progress_token"] = .string(id) }
        let call: JSON = ["jsonrpc": "2.0", "id": .string(id), "method": "method.call", "params": .object(params)]
        output.send([.toPeer(session.peer, call.bytes)])
        timer.scheduleWake()
    }

    /// A plugin answered something that the kernel asked: its result goes to whoever waits for it.
    func sessionAnswered(_ peer: Peer, _ id: RequestID, _ object: JSONObject) {
        guard case .string(let callID) = id, !hookAnswered(peer, callID, object),
            let call = sessions.endCall(callID, from: peer)
        else { return }
        answer(call.replyTo, outcome(object, call.method, call.result))
    }

    private func outcome(_ object: JSONObject, _ method: String, _ schema: Schema?) -> Outcome {
        guard let result = object["result"] else {
            let error = RPCError(reading: object["error"] ?? .null)
            let isKnown = object["error"]?["data"]?["code"]?.string.flatMap(ErrorCode.init(rawValue:)) != nil
            return .failure(isKnown ? error : RPCError(.providerError, "the plugin refused \(method): \(error.message)"))
        }
        guard case .object(let members) = result else {
            return .failure(RPCError(.providerError, "the plugin's result of \(method) is no object"))
        }
        if let violation = schema?.check(result).first {
            return .failure(RPCError(.providerError, "the plugin's result of \(method) does not fit its schema: \(violation)"))
        }
        return .success(members: members.memberBytes, meta: JSONObject())
    }

    /// The methods of plugins that an identity may call, as OpenRPC describes them.
    func pluginMethods(for identity: Identity) -> [JSON] {
        var found: [String: PluginOffer.Method] = [:]
        for session in sessions.all { found.merge(session.methods) { first, _ in first } }
        return found.values.filter { identity.mayCall($0.name) }.sorted { $0.name < $1.name }.map(\.openRPC)
    }
}

extension PluginOffer.Method {
    /// The method as OpenRPC describes it, its parameters one by one.
    var openRPC: JSON {
        let required = Set(params?.source["required"]?.array?.compactMap(\.string) ?? [])
        let parameters = params?.source["properties"]?.object?.members ?? []
        return [
            "name": .string(name), "summary": .string(summary), "paramStructure": "by-name",
            "params": .array(
                parameters.map { member in
                    ["name": .string(member.name), "required": .bool(required.contains(member.name)), "schema": member.value]
                }),
            "result": ["name": "result", "schema": result?.source ?? ["type": "object"]],
            "x-params-schema": params?.source,
        ]
    }
}
