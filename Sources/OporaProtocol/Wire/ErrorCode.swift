/// Every error of the protocol: the number is stable for ever, the word is what programs switch on.
///
/// Negative numbers are JSON-RPC's own range, positive ones Opora's.
public enum ErrorCode: String, CaseIterable, Sendable {
    case parseError = "parse_error"
    case invalidRequest = "invalid_request"
    case badEnvelope = "bad_envelope"
    case batchTooLarge = "batch_too_large"
    case methodNotFound = "method_not_found"
    case invalidParams = "invalid_params"
    case internalError = "internal_error"
    case unavailable
    case unauthenticated
    case forbidden
    case reentrant
    case rateLimited = "rate_limited"
    case tooManyInFlight = "too_many_inflight"
    case requestTooLarge = "request_too_large"
    case responseTooLarge = "response_too_large"
    case deadlineExceeded = "deadline_exceeded"
    case cancelled
    case protocolUnsupported = "protocol_unsupported"
    case sessionRequired = "session_required"
    case providerOffline = "provider_offline"
    case providerError = "provider_error"
    case providerTimeout = "provider_timeout"
    case notFound = "not_found"
    case alreadyExists = "already_exists"
    case versionConflict = "version_conflict"
    case validationFailed = "validation_failed"
    case invalidTransition = "invalid_transition"
    case idempotencyKeyReused = "idempotency_key_reused"
    case vetoed
    case invalidCursor = "invalid_cursor"
    case logTruncated = "log_truncated"
    case epochMismatch = "epoch_mismatch"
    case consumerNotFound = "consumer_not_found"
    case consumerBusy = "consumer_busy"
    case leaseLost = "lease_lost"
    case consumerDiffers = "consumer_differs"
    case ackOutOfRange = "ack_out_of_range"
    case quotaExceeded = "quota_exceeded"
    case calendarExhausted = "calendar_exhausted"

    /// `error.code` on the wire.
    public var number: Int64 {
        switch self {
        case .parseError: -32700
        case .invalidRequest, .badEnvelope, .batchTooLarge: -32600
        case .methodNotFound: -32601
        case .invalidParams: -32602
        case .internalError: -32603
        case .unavailable: -32000
        case .unauthenticated: -32001
        case .forbidden, .reentrant: -32002
        case .rateLimited, .tooManyInFlight: -32003
        case .requestTooLarge, .responseTooLarge: -32004
        case .deadlineExceeded: -32005
        case .cancelled: -32006
        case .protocolUnsupported: -32007
        case .sessionRequired: -32008
        case .providerOffline: -32009
        case .providerError: -32010
        case .providerTimeout: -32011
        case .notFound: 1001
        case .alreadyExists: 1002
        case .versionConflict: 1003
        case .validationFailed: 1004
        case .invalidTransition: 1005
        case .idempotencyKeyReused: 1006
        case .vetoed: 1008
        case .invalidCursor: 1009
        case .logTruncated: 1010
        case .epochMismatch: 1011
        case .consumerNotFound: 1012
        case .consumerBusy: 1013
        case .leaseLost: 1014
        case .consumerDiffers: 1015
        case .ackOutOfRange: 1016
        case .quotaExceeded: 1017
        case .calendarExhausted: 1018
        }
    }

    /// True where the same request may succeed later without a change.
    public var isRetryable: Bool {
        switch self {
        case .unavailable, .rateLimited, .tooManyInFlight, .deadlineExceeded, .sessionRequired, .providerOffline,
            .providerTimeout, .consumerBusy:
            true
        default: false
        }
    }
}
