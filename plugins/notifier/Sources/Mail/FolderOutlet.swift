import FoundationEssentials
import Glibc
import OporaPluginKit

/// A folder as a way out of the desk: each mail is a file, which a mail program opens.
///
/// The name follows from the delivery, so a repeat after a crash replaces the same file: each mail is there once.
struct FolderOutlet: Outlet {
    let folder: String
    let renderer: MailRenderer

    func deliver(_ delivery: Delivery, now: Timestamp) async throws(CallError) -> Outcome {
        switch try await renderer.mail(delivery) {
        case .skip(let reason): return .skipped(reason)
        case .mail(let mail):
            do {
                try FileManager.default.createDirectory(
                    atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
                try write(mail.bytes, name: FolderOutlet.name(delivery))
                return .sent
            } catch {
                return .failed("the folder of smtp.folder can't be written: \(String(cString: strerror(errno)))")
            }
        }
    }

    /// Sorts by time: `20261122T033959-T-12-assigned-1f2e3d4c5b6a.eml`.
    static func name(_ delivery: Delivery) -> String {
        let time = delivery.createdAt.text.prefix(19).filter { $0 != "-" && $0 != ":" }
        let ticket = delivery.draft.ticket?.description ?? "desk"
        return "\(time)-\(ticket)-\(delivery.draft.kind)-\(Mail.digest(delivery.draft.key).prefix(12)).eml"
    }

    /// On disk under another name first: who watches the folder sees whole mails alone.
    private func write(_ bytes: [UInt8], name: String) throws {
        let waiting = "\(folder)/.\(name).part"
        let file = open(waiting, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw FolderFault() }
        defer { close(file) }
        var written = 0
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            guard count > 0 else { throw FolderFault() }
            written += count
        }
        guard fsync(file) == 0, rename(waiting, "\(folder)/\(name)") == 0 else { throw FolderFault() }
    }

    private struct FolderFault: Error {}
}
