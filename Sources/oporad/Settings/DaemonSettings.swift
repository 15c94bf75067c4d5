import Glibc
import Logging
import OporaDomain
import OporaKernel
import OporaProtocol
import OporaService

/// The settings of a kernel process, checked.
struct DaemonSettings {
    var dataFolder: String
    var runFolder: String
    /// Where every message is recorded; nil records nothing.
    var trafficFolder: String?
    var logLevel: Logger.Level
    var readers: Int
    /// Whether a full-text index is kept.
    var hasSearch: Bool
    var limits: LimitSettings
    var tcp: TCPSettings
    var attachments: AttachmentRules
    var access: AccessRules

    /// Bytes that the path of a socket may have.
    private static let socketPathBytes = 107

    /// - Parameter ownUID: the user id of the account that runs the kernel.
    init(reading config: Config, ownUID: UInt32 = getuid()) throws(ConfigProblems) {
        dataFolder = config.string("data_dir", default: "/var/lib/opora")
        runFolder = config.string("run_dir", default: "/run/opora")
        trafficFolder = config.string("traffic_dir")
        logLevel = config.choice("log.level", default: Logger.Level.info)
        readers = config.int("readers", default: 2, in: 1...16)
        hasSearch = config.bool("search", default: true)
        limits = LimitSettings(reading: config)
        tcp = TCPSettings(reading: config)
        attachments = AttachmentRules(reading: config)
        access = AccessRules(reading: config, ownUID: ownUID)
        if "\(runFolder)/events-curve.sock".utf8.count > Self.socketPathBytes {
            config.reject("run_dir", "the path is too long for a socket (\(Self.socketPathBytes) bytes); choose a shorter folder")
        }
        try config.finish()
    }

    /// What the kernel itself needs of them.
    func kernel(instanceID: String) -> KernelSettings {
        var kernel = KernelSettings(
            instanceID: instanceID, pid: Int64(getpid()), commandsWaiting: limits.commandsWaiting, readers: readers,
            receiptMilliseconds: Int64(limits.receiptDays) * 86_400_000)
        kernel.inFlightPerConnection = limits.inFlight
        kernel.unreadBytesPerConnection = limits.unreadBytes
        kernel.malformedPerMinute = limits.malformedPerMinute
        kernel.consumerLag = Int64(limits.consumerLag)
        kernel.trafficFolder = trafficFolder
        return kernel
    }
}
