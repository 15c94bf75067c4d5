import OporaDomain
import OporaProtocol
import OporaTime
import Testing

@Suite("Attachments: what a desk takes")
struct AttachmentTests {
    static let png: [UInt8] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0]
    static let zip: [UInt8] = [0x50, 0x4b, 0x03, 0x04, 0, 0]
    static let program: [UInt8] = [0x4d, 0x5a, 0x90, 0]
    static let docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

    @Test(
        "A file is what its first bytes say",
        arguments: [
            ("image/png", png, true), ("image/jpeg", png, false), ("text/plain", png, false), ("text/html", png, false),
            ("application/octet-stream", png, true), ("image/jpeg", [0xff, 0xd8, 0xff, 0xe0], true),
            ("image/gif", Array("GIF89a..".utf8), true), ("image/gif", Array("GIF88a..".utf8), false),
            ("application/pdf", Array("%PDF-1.7".utf8), true), ("application/pdf", Array("<html>".utf8), false),
            ("image/png", Array("<script>".utf8), false), ("application/zip", zip, true), (docx, zip, true),
            (docx, Array("text".utf8), false), ("text/plain", Array("привет\r\n\t".utf8), true),
            ("text/csv", [0x61, 0, 0x62], false), ("text/plain", [0xff, 0xfe, 0x61, 0], true), ("text/plain", zip, false),
            ("text/plain", Array("#!/bin/sh".utf8), true), ("audio/ogg", Array("OggS".utf8), true), ("text/plain", [], true),
        ] as [(String, [UInt8], Bool)])
    func kinds(type: String, head: [UInt8], fits: Bool) { #expect(MediaType.fits(type, head) == fits) }

    @Test(
        "Names, types and sizes that a desk refuses",
        arguments: [
            ("a.png", "image/png", 1, nil), ("a", "image/png", 100, nil), ("отчёт.pdf", "application/pdf", 5, nil),
            ("a.png", "image/png", 101, "size"), ("a.png", "image", 1, "media_type"), ("a.png", "Image/PNG", 1, "media_type"),
            ("a.png", "image/png; x=y", 1, "media_type"), ("a.bin", "application/x-elf", 1, "media_type"),
            ("a.mp4", "video/mp4", 1, "media_type"), ("a.EXE", "application/octet-stream", 1, "name"),
            ("invoice.pdf.exe", "application/pdf", 1, "name"), ("a.exe. .", "application/pdf", 1, "name"),
            ("../a.png", "image/png", 1, "name"), ("c:\\a.png", "image/png", 1, "name"), ("..", "image/png", 1, "name"),
            ("exe", "image/png", 1, nil),
        ] as [(String, String, Int64, String?)])
    func announced(name: String, type: String, size: Int64, refused: String?) {
        var rules = AttachmentRules(maxBytes: 100)
        rules.refusedTypes.insert("video/*")
        var member: String?
        do throws(Rejection) { try rules.check(name: name, mediaType: type, size: size) } catch {
            if case .validation(let wrong, _) = error { member = wrong }
        }
        #expect(member == refused)
    }

    @Test("A program is refused whatever it is called")
    func disguise() {
        #expect(throws: Rejection.self) {
            try AttachmentRules().check(mediaType: "application/octet-stream", head: Self.program)
        }
        #expect(throws: Rejection.self) { try AttachmentRules().check(mediaType: "image/png", head: Self.program) }
        #expect(throws: Never.self) { try AttachmentRules().check(mediaType: "image/png", head: Self.png) }
    }

    @Test("A file goes to one message, by its sender alone, when all of it is there")
    func attaching() throws {
        var file = Attachment(
            id: AttachmentID(rawValue: 1), uploader: "user/U-1", sha256: "", size: 1, mediaType: "a/b", name: "n",
            createdAt: Timestamp(0))
        #expect(throws: Rejection.self) { try file.attach(to: MessageID(rawValue: 1), by: "user/U-1") }
        file.state = .ready
        #expect(throws: Rejection.notFound(kind: "attachment", id: "A-1")) {
            try file.attach(to: MessageID(rawValue: 1), by: "user/U-2")
        }
        try file.attach(to: MessageID(rawValue: 1), by: "user/U-1")
        #expect(file.message == MessageID(rawValue: 1))
        #expect(throws: Rejection.self) { try file.attach(to: MessageID(rawValue: 2), by: "user/U-1") }
        file.erase()
        #expect(file.name.isEmpty && file.uploader.isEmpty && file.message == nil && file.state == .dropped)
    }
}
