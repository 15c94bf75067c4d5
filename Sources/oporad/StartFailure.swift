import OporaProtocol

/// Why the kernel does not start: what happened, where, what to do.
struct StartFailure: Error {
    var message: String
    /// After sysexits.h.
    var exitCode: Int32

    static func locked(_ folder: String, holder: String) -> StartFailure {
        StartFailure(
            message:
                "another kernel\(holder) runs on \(folder); stop it first, or give this one folders of its own with --data-dir and --run-dir",
            exitCode: 75)
    }
}

enum ServiceVersion {
    static let text = SoftwareVersion.text
}
