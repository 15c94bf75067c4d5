import OporaTransport

extension DeskLocation {
    /// Where this process subscribes to events, and as whom.
    func eventsEndpoint() throws(CallError) -> SocketSpec.Endpoint {
        let discovery = try discover()
        guard let keys = try keys() else { return .init(discovery.events) }
        guard let address = discovery.eventsCurve, let serverKey = discovery.curvePublicKey else {
            throw .transport("the kernel offers no endpoint for peers with a key")
        }
        return .init(address, .curveClient(keys, serverKey: serverKey))
    }
}
