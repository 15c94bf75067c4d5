import HTTPTypes
import Hummingbird
import NIOCore

/// An answer of the little server: a status, a text, and the headers that go with every answer.
struct SiteReply: Sendable {
    var status: HTTPResponse.Status
    var type: String
    var text: String
    /// Methods that would have been right, after one that was not.
    var allow: String?

    static func page(_ status: HTTPResponse.Status, _ html: String) -> SiteReply {
        SiteReply(status: status, type: "text/html; charset=utf-8", text: html)
    }
    static func style(_ css: String) -> SiteReply { SiteReply(status: .ok, type: "text/css; charset=utf-8", text: css) }
    static func plain(_ text: String) -> SiteReply { SiteReply(status: .ok, type: "text/plain; charset=utf-8", text: text) }

    /// Nothing may be loaded but the own style sheet, nothing sent but the own form, nowhere be framed or kept. The link
    /// is a secret, so no other site may learn it as a referrer.
    private static let always: [(String, String)] = [
        (
            "Content-Security-Policy",
            "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
        ),
        ("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "no-referrer"), ("Cache-Control", "no-store"),
        ("X-Frame-Options", "DENY"), ("X-Robots-Tag", "noindex"), ("Cross-Origin-Opener-Policy", "same-origin"),
    ]

    func response(isHead: Bool) -> Response {
        var headers = HTTPFields()
        headers[.contentType] = type
        for (name, value) in SiteReply.always {
            if let field = HTTPField.Name(name) { headers[field] = value }
        }
        if let allow { headers[.allow] = allow }
        let response = Response(status: status, headers: headers, body: .init(byteBuffer: ByteBuffer(string: text)))
        return isHead ? response.createHeadResponse() : response
    }
}
