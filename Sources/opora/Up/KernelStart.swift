import FoundationEssentials
import OporaPluginKit

/// Waits for a kernel that was just started until it answers.
struct KernelStart: Sendable {
    static let readySeconds = 10
    private static let pauseMilliseconds = 20

    var child: Child
    var folder: DeskFolder
    /// The size of its log before the start.
    var logStart: Int
    var output: Output

    /// A connection to the kernel, once it answers. Throws where it ends or stays silent.
    func ready() async throws -> DeskClient {
        let clock = ContinuousClock()
        let end = clock.now + .seconds(Self.readySeconds)
        let location = DeskLocation(runFolder: folder.run)
        while clock.now < end {
            if let ending = child.ending.known {
                throw Failure.kernelDied(ending, log: folder.log(.kernel), tail: shownTail())
            }
            // A kernel that was killed leaves its file behind: only the file of this process counts.
            if let found = try? location.discover(), found.pid == child.pid {
                let client = try DeskClient(location)
                if (try? await client.call("ping", timeoutMilliseconds: 2000)) != nil { return client }
                client.close()
            }
            try await Task.sleep(for: .milliseconds(Self.pauseMilliseconds))
        }
        throw Failure.kernelSilent(seconds: Self.readySeconds, log: folder.log(.kernel), tail: shownTail())
    }

    /// What it wrote about its trouble, shown to the person, too.
    private func shownTail() -> [String] {
        let tail = LogTail.read(folder.log(.kernel), after: logStart)
        for line in tail where !output.json { output.note("  \(PlainText.line(line))", ru: "  \(PlainText.line(line))") }
        return tail
    }
}
