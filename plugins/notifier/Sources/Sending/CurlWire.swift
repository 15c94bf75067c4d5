import CCurl
import Dispatch

/// A libcurl handle and its connection: one exchange at a time, on a thread of its own, because libcurl blocks.
///
/// `@unchecked Sendable`: `handle` is touched only in blocks of the serial queue.
final class CurlWire: @unchecked Sendable {
    /// Milliseconds for name, connection and TLS.
    static let connectMilliseconds = 10_000

    private static let isReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

    private let queue = DispatchQueue(label: "opora.notifier.curl")
    private var handle: UnsafeMutableRawPointer?

    deinit {
        if let handle { curl_easy_cleanup(handle) }
    }

    /// Does one exchange. A task that is cancelled before the body went out stops it; after that its end is awaited,
    /// for what the other side may have accepted must not be sent again.
    func perform(_ order: CurlOrder) async -> CurlAnswer {
        let upload = CurlUpload(order.body)
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                queue.async { continuation.resume(returning: self.exchange(order, upload)) }
            }
        } onCancel: {
            upload.stop()
        }
    }

    /// Ends the connection, politely.
    func close() async {
        await withCheckedContinuation { continuation in
            queue.async {
                if let handle = self.handle { curl_easy_cleanup(handle) }
                self.handle = nil
                continuation.resume()
            }
        }
    }

    private func exchange(_ order: CurlOrder, _ upload: CurlUpload) -> CurlAnswer {
        guard CurlWire.isReady, let handle = handle ?? curl_easy_init() else {
            return CurlAnswer(result: CURLE_FAILED_INIT, response: 0, upload)
        }
        self.handle = handle
        // Options go, the connection stays for the next mail.
        curl_easy_reset(handle)
        let list = CurlList(order.kind.lines)
        defer { list.free() }
        set(handle, order, list, upload)
        return withExtendedLifetime(upload) {
            let result = curl_easy_perform(handle)
            return CurlAnswer(result: result, response: opora_curl_response_code(handle), upload)
        }
    }

    private func set(_ handle: UnsafeMutableRawPointer, _ order: CurlOrder, _ list: CurlList, _ upload: CurlUpload) {
        let context = Unmanaged.passUnretained(upload).toOpaque()
        opora_curl_set_string(handle, CURLOPT_URL, order.url)
        // The environment must not send desk mail through somebody's proxy.
        opora_curl_set_string(handle, CURLOPT_PROXY, "")
        opora_curl_set_long(handle, CURLOPT_NOSIGNAL, 1)
        opora_curl_set_long(handle, CURLOPT_FOLLOWLOCATION, 0)
        opora_curl_set_long(handle, CURLOPT_CONNECTTIMEOUT_MS, CurlWire.connectMilliseconds)
        opora_curl_set_long(handle, CURLOPT_TIMEOUT_MS, order.timeoutMilliseconds)
        opora_curl_set_reader(handle, CurlUpload.read, context)
        opora_curl_set_writer(handle, { _, size, count, _ in size * count }, nil)
        opora_curl_set_progress(handle, CurlUpload.progress, context)
        switch order.kind {
        case .mail(let envelope):
            opora_curl_set_string(handle, CURLOPT_PROTOCOLS_STR, "smtp,smtps")
            opora_curl_set_long(handle, CURLOPT_UPLOAD, 1)
            opora_curl_set_size(handle, CURLOPT_INFILESIZE_LARGE, Int(order.body.count))
            opora_curl_set_string(handle, CURLOPT_MAIL_FROM, envelope.from)
            opora_curl_set_list(handle, CURLOPT_MAIL_RCPT, list.head)
            protect(handle, envelope)
        case .post:
            opora_curl_set_string(handle, CURLOPT_PROTOCOLS_STR, "http,https")
            opora_curl_set_long(handle, CURLOPT_POST, 1)
            opora_curl_set_size(handle, CURLOPT_POSTFIELDSIZE_LARGE, Int(order.body.count))
            opora_curl_set_list(handle, CURLOPT_HTTPHEADER, list.head)
        }
    }

    private func protect(_ handle: UnsafeMutableRawPointer, _ envelope: CurlOrder.Envelope) {
        let level =
            switch envelope.tls {
            case .none: CURLUSESSL_NONE
            case .opportunistic: CURLUSESSL_TRY
            case .required: CURLUSESSL_ALL
            }
        opora_curl_set_long(handle, CURLOPT_USE_SSL, Int(level.rawValue))
        if envelope.tls != .required {
            // Who would take plain text gains nothing from a certificate; many relays on the same machine sign their own.
            opora_curl_set_long(handle, CURLOPT_SSL_VERIFYPEER, 0)
            opora_curl_set_long(handle, CURLOPT_SSL_VERIFYHOST, 0)
        }
        if let certificates = envelope.certificates { opora_curl_set_string(handle, CURLOPT_CAINFO, certificates) }
        if let user = envelope.user { opora_curl_set_string(handle, CURLOPT_USERNAME, user) }
        if let password = envelope.password { opora_curl_set_string(handle, CURLOPT_PASSWORD, password) }
    }
}

/// libcurl's list of texts, which its maker must free.
private struct CurlList {
    private(set) var head: UnsafeMutablePointer<curl_slist>?

    init(_ lines: [String]) {
        for line in lines { if let longer = curl_slist_append(head, line) { head = longer } }
    }

    func free() { curl_slist_free_all(head) }
}
