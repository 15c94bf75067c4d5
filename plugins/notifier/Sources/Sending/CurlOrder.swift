import CCurl
import Synchronization

/// One exchange that libcurl is to do.
struct CurlOrder: Sendable {
    /// What surrounds a mail.
    struct Envelope: Sendable {
        var from: String
        var to: String
        var tls: SMTPSettings.Protection
        var certificates: String?
        var user: String?
        var password: String?
    }

    /// A mail or a web call.
    enum Kind: Sendable {
        case mail(Envelope)
        case post(headers: [String])

        /// The lines that libcurl takes as a list.
        var lines: [String] {
            switch self {
            case .mail(let envelope): [envelope.to]
            case .post(let headers): headers
            }
        }
    }

    var url: String
    var body: [UInt8]
    var kind: Kind
    var timeoutMilliseconds: Int
}

/// How an exchange ended.
struct CurlAnswer: Hashable, Sendable {
    /// libcurl's own verdict; 0 is good.
    var result: UInt32
    /// The last status that the other side gave; 0 where it gave none.
    var response: Int
    /// The whole body was handed over, so the other side may have accepted it.
    var isBodyOut: Bool
    /// Given up because the process stops, before anything went out.
    var wasStopped: Bool

    init(result: UInt32, response: Int, isBodyOut: Bool = false, wasStopped: Bool = false) {
        self.result = result
        self.response = response
        self.isBodyOut = isBodyOut
        self.wasStopped = wasStopped
    }

    init(result: CURLcode, response: Int, _ upload: CurlUpload) {
        self.init(
            result: result.rawValue, response: response, isBodyOut: upload.isTaken,
            wasStopped: result == CURLE_ABORTED_BY_CALLBACK)
    }

    /// libcurl's description of what went wrong. Fixed words: no host, no address.
    var words: String { "\(String(cString: curl_easy_strerror(CURLcode(rawValue: result)))) (curl \(result))" }
}

/// The body of one exchange, as libcurl's callbacks take it, and the wish to stop.
///
/// `@unchecked Sendable`: `taken` is touched only by the thread that performs the exchange; the rest is constant or atomic.
final class CurlUpload: @unchecked Sendable {
    private let bytes: [UInt8]
    private var taken = 0
    private let isStopping = Atomic(false)

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Asks the exchange to end, if nothing of the body went out.
    func stop() { isStopping.store(true, ordering: .relaxed) }

    /// The whole body was taken.
    var isTaken: Bool { taken == bytes.count }

    static let read: opora_curl_transfer = { target, size, count, context in
        guard let target, let context else { return 0 }
        let upload = Unmanaged<CurlUpload>.fromOpaque(context).takeUnretainedValue()
        let length = min(size * count, upload.bytes.count - upload.taken)
        upload.bytes.withUnsafeBytes { source in
            UnsafeMutableRawBufferPointer(start: target, count: length)
                .copyMemory(from: UnsafeRawBufferPointer(rebasing: source[upload.taken..<upload.taken + length]))
        }
        upload.taken += length
        return length
    }

    /// Anything but 0 ends the exchange.
    static let progress: opora_curl_progress = { context, _, _, _, _ in
        guard let context else { return 0 }
        let upload = Unmanaged<CurlUpload>.fromOpaque(context).takeUnretainedValue()
        return upload.taken == 0 && upload.isStopping.load(ordering: .relaxed) ? 1 : 0
    }
}
