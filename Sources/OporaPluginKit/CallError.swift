public import OporaProtocol

/// Why a call gave no result.
public enum CallError: Error, Sendable, CustomStringConvertible {
    /// The kernel said no.
    case rejected(RPCError)
    /// Nothing came back in time; whether the command was done is unknown. Repeat it with the same key.
    case noAnswer(method: String, milliseconds: Int64)
    /// The connection was closed, or the kernel restarted, while the call was under way. Repeat it with the same key.
    case interrupted(method: String)
    /// There is no `kernel.json` in the runtime folder.
    case noKernel(String)
    /// `kernel.json` is there but says nothing usable.
    case badDiscovery(String)
    /// The key file is missing or holds no keys.
    case badKeyFile(String)
    /// The sockets could not be made.
    case transport(String)

    /// True where the same call, with the same key, may succeed later.
    public var isRetryable: Bool {
        switch self {
        case .rejected(let error): error.code.isRetryable
        case .noAnswer, .interrupted, .noKernel, .badDiscovery: true
        case .badKeyFile, .transport: false
        }
    }

    /// The code with which the kernel said no.
    public var code: ErrorCode? {
        if case .rejected(let error) = self { error.code } else { nil }
    }

    /// Where the log begins, where what was asked for lies before that.
    var firstSeq: Int64? {
        guard case .rejected(let error) = self, error.code == .logTruncated else { return nil }
        return error.data["first_seq"]?.int
    }

    public var description: String {
        switch self {
        case .rejected(let error): error.description
        case .noAnswer(let method, let milliseconds):
            "no answer to \(method) within \(milliseconds) ms; is the kernel running? Try `opora status`"
        case .interrupted(let method): "the connection ended while \(method) was under way; try again"
        case .noKernel(let folder):
            "no kernel runs at \(folder): there is no kernel.json. Start one with `opora up`, or name its folder with --run-dir"
        case .badDiscovery(let path): "\(path) can't be read; remove it and restart the kernel"
        case .badKeyFile(let path): "\(path) holds no CURVE keys"
        case .transport(let reason): reason
        }
    }
}
