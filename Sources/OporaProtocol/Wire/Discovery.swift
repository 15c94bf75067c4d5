/// `kernel.json`: where a running kernel listens. Written after binding, taken away at an orderly stop.
public struct Discovery: Hashable, Sendable {
    public var instanceID: String
    public var logID: String
    public var epoch: Int64
    public var pid: Int64
    /// Endpoints for peers known by their uid.
    public var rpc: String
    public var events: String
    /// Endpoints of the same sockets for peers known by a CURVE key.
    public var curveRPC: [String]
    public var curveEvents: [String]
    /// The kernel's public key in Z85, 40 characters.
    public var curvePublicKey: String?

    public init(
        instanceID: String, logID: String, epoch: Int64, pid: Int64, rpc: String, events: String,
        curveRPC: [String] = [], curveEvents: [String] = [], curvePublicKey: String? = nil
    ) {
        self.instanceID = instanceID
        self.logID = logID
        self.epoch = epoch
        self.pid = pid
        self.rpc = rpc
        self.events = events
        self.curveRPC = curveRPC
        self.curveEvents = curveEvents
        self.curvePublicKey = curvePublicKey
    }

    /// The first endpoint for a peer with a key: the nearest one.
    public var rpcCurve: String? { curveRPC.first }
    public var eventsCurve: String? { curveEvents.first }

    /// The file's content.
    public var json: JSON {
        [
            "protocol": [["major": .int(ProtocolVersion.major), "minor": .int(ProtocolVersion.minor)]],
            "instance_id": .string(instanceID), "log_id": .string(logID), "epoch": .int(epoch), "pid": .int(pid),
            "endpoints": ["rpc": [.string(rpc)], "events": [.string(events)]],
            "curve": curvePublicKey.map {
                [
                    "public_key": .string($0),
                    "endpoints": [
                        "rpc": .array(curveRPC.map { .string($0) }), "events": .array(curveEvents.map { .string($0) }),
                    ],
                ]
            },
        ]
    }

    /// Reads the file's content; nil where something needed is missing.
    public init?(_ json: JSON) {
        guard let instance = json["instance_id"]?.string, let log = json["log_id"]?.string, let epoch = json["epoch"]?.int,
            let pid = json["pid"]?.int, let rpc = json["endpoints"]?["rpc"]?.array?.first?.string,
            let events = json["endpoints"]?["events"]?.array?.first?.string
        else { return nil }
        let curve = json["curve"]
        self.init(
            instanceID: instance, logID: log, epoch: epoch, pid: pid, rpc: rpc, events: events,
            curveRPC: curve?["endpoints"]?["rpc"]?.array?.compactMap(\.string) ?? [],
            curveEvents: curve?["endpoints"]?["events"]?.array?.compactMap(\.string) ?? [],
            curvePublicKey: curve?["public_key"]?.string)
    }
}
