import Logging

/// What the kernel asks of the plugin.
extension PluginSession {
    /// Takes what comes in until the connection ends: methods one after another, hooks at once, each of them may be taken back.
    func answerCalls() async {
        let underWay = CallsUnderWay()
        let (methods, feed) = AsyncStream<(id: String, call: MethodCall)>.makeStream(
            bufferingPolicy: .bufferingOldest(CallsUnderWay.limit))
        await withDiscardingTaskGroup { group in
            group.addTask { [self] in
                for await (id, call) in methods {
                    await run(id, underWay) { try await self.plugin.answer(call) }
                }
            }
            for await request in client.incoming {
                switch (request.method, request.id) {
                case ("method.call", let id?):
                    guard let call = MethodCall(request.params, client), underWay.begin(id) else {
                        client.answer(id, .failure(Self.busy))
                        continue
                    }
                    feed.yield((id, call))
                case ("hook.call", let id?):
                    guard underWay.begin(id) else {
                        client.answer(id, .failure(Self.busy))
                        continue
                    }
                    let call = HookCall(request.params)
                    group.addTask { [self] in await run(id, underWay) { try await self.ask(call).json } }
                case ("$/cancel", nil): if let id = request.params["id"]?.string { underWay.cancel(id) }
                case ("session.closing", nil):
                    let drain = request.params["drain_ms"]?.int ?? 2000
                    group.addTask { [self] in await close(drain) }
                case (_, let id?):
                    client.answer(id, .failure(RPCError(.methodNotFound, "a plugin answers method.call and hook.call")))
                case (_, nil): break
                }
            }
            feed.finish()
            group.cancelAll()
        }
    }

    private static var busy: RPCError { RPCError(.unavailable, "\(P.manifest.name) has too much to answer already") }

    /// A point of a later version asks nothing that this plugin could answer.
    private func ask(_ call: HookCall?) async throws -> HookAnswer {
        guard let call else { return .proceed }
        return try await HookCall.$current.withValue(call.id) { try await plugin.hook(call) }
    }

    /// Answers a call, unless it is taken back before.
    private func run(_ id: String, _ underWay: CallsUnderWay, _ work: @escaping @Sendable () async throws -> JSON) async {
        defer { underWay.end(id) }
        guard let bell = underWay.bell(of: id) else { return }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await bell.wait(milliseconds: Limits.deadlineMilliseconds) }
            group.addTask { [self] in client.answer(id, await outcome(work)) }
            await group.next()
            group.cancelAll()
        }
    }

    private func outcome(_ work: () async throws -> JSON) async -> Result<JSON, RPCError> {
        do {
            return .success(try await work())
        } catch let error as RPCError {
            return .failure(error)
        } catch let error as CallError {
            return .failure(RPCError(error.code ?? .unavailable, "\(error)"))
        } catch is CancellationError {
            return .failure(RPCError(.cancelled, "the call was taken back"))
        } catch {
            log.error("a call failed", metadata: ["error": "\(error)"])
            return .failure(RPCError(.internalError, "\(P.manifest.name) failed; see its log"))
        }
    }
}
