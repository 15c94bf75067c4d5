import Foundation
import OporaProtocol

/// What is known of the desk outside its database: which one it is, and how far its log was. `desk.json` in the data folder.
///
/// A database that ends before what was seen of it was put back from a backup: its history is another one now.
struct DeskMark {
    var logID: String
    /// The end of the log when it was last noted. The log may be further.
    var seq: Int64

    /// The mark in a folder; nil where there is none.
    init?(path: String) {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return nil }
        let json = try? JSON(parsing: text)
        logID = json?["log_id"]?.string ?? "?"
        seq = json?["seq"]?.int ?? 0
    }

    init(logID: String, seq: Int64) {
        self.logID = logID
        self.seq = seq
    }

    /// Notes it, where it says something new.
    func write(to path: String) throws {
        let known = DeskMark(path: path)
        if known?.logID == logID, known?.seq == seq { return }
        try DurableFile.write(["log_id": .string(logID), "seq": .int(seq)], to: path, mode: 0o640)
    }
}
