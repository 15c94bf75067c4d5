import OporaPluginKit

/// With what this program ends, after `sysexits.h`; scripts rely on it.
enum ExitStatus: Int32, CaseIterable, Sendable {
    case ok = 0
    /// The kernel understood and said no; or `status` found something that is not well.
    case refused = 1
    /// The command line is wrong.
    case usage = 64
    /// What was given in a file or as JSON is wrong.
    case badData = 65
    /// A file that was named can't be read.
    case noInput = 66
    /// No kernel, or a plugin that is not there.
    case unavailable = 69
    /// A fault of ours.
    case internalFault = 70
    /// The results could not be written.
    case ioError = 74
    /// The same may succeed later.
    case tryAgain = 75
    /// Your identity may not do this.
    case forbidden = 77
    /// Ctrl-C.
    case interrupted = 130

    /// The status for an error of the kernel.
    init(_ code: ErrorCode) {
        switch code {
        case .notFound, .alreadyExists, .versionConflict, .validationFailed, .invalidTransition, .idempotencyKeyReused,
            .invalidCursor, .logTruncated, .epochMismatch, .consumerNotFound, .leaseLost, .consumerDiffers, .ackOutOfRange,
            .quotaExceeded, .calendarExhausted, .cancelled, .vetoed:
            self = .refused
        case .methodNotFound: self = .usage
        case .invalidParams, .requestTooLarge, .responseTooLarge: self = .badData
        case .providerOffline, .protocolUnsupported: self = .unavailable
        case .parseError, .invalidRequest, .badEnvelope, .batchTooLarge, .internalError, .providerError: self = .internalFault
        case .unavailable, .rateLimited, .tooManyInFlight, .deadlineExceeded, .sessionRequired, .providerTimeout, .consumerBusy:
            self = .tryAgain
        case .unauthenticated, .forbidden, .reentrant: self = .forbidden
        }
    }
}
