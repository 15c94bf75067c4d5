import OporaProtocol
import OporaService

/// `limits.*`: what an operator may allow more or less of.
struct LimitSettings {
    var commandsWaiting: Int
    var receiptDays: Int
    var inFlight: Int
    var unreadBytes: Int
    var malformedPerMinute: Int
    var consumerLag: Int

    init(reading config: Config) {
        commandsWaiting = config.int("limits.commands_waiting", default: 20_000, in: 100...1_000_000)
        receiptDays = config.int("limits.receipt_days", default: 7, in: 1...365)
        inFlight = config.int("limits.inflight", default: Limits.inFlight, in: 1...100_000)
        unreadBytes = config.int("limits.unread_bytes", default: Limits.unreadBytes, in: 0...1_073_741_824)
        malformedPerMinute = config.int("limits.malformed_per_minute", default: Limits.malformedPerMinute, in: 1...1_000_000)
        consumerLag = config.int("limits.consumer_lag", default: 5_000_000, in: 1...1_000_000_000_000)
    }
}
