import Glibc
import Synchronization

/// The standard output and standard error of this process, with the one progress line that may stand on the latter.
final class Screen: Sendable {
    static let shared = Screen()
    /// Columns that are assumed where the terminal does not say.
    private static let columnsDefault = 80

    private let hasProgress = Mutex(false)

    /// Where text goes.
    enum Place: Int32 {
        case output = 1
        case error = 2

        var isTerminal: Bool { isatty(rawValue) == 1 }
    }

    /// Columns of the terminal at `place`; nil where that is none.
    static func columns(_ place: Place) -> Int? {
        guard place.isTerminal else { return nil }
        var size = winsize()
        guard ioctl(place.rawValue, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return columnsDefault }
        return Int(size.ws_col)
    }

    /// Writes text and a line feed; takes a progress line away first, so that the two never mix.
    func write(_ text: String, to place: Place) {
        hasProgress.withLock { shown in
            if shown { Screen.put("\r\u{1b}[K", .error) }
            shown = false
            Screen.put(text + "\n", place)
        }
    }

    /// Shows a progress line in place of the last one.
    func progress(_ text: String) {
        guard let columns = Screen.columns(.error) else { return }
        hasProgress.withLock { shown in
            shown = true
            // One column less: a full line would wrap on some terminals and then not be rewritten.
            Screen.put("\r\(DisplayWidth.cut(text, to: columns - 1))\u{1b}[K", .error)
        }
    }

    /// Takes the progress line away.
    func endProgress() {
        hasProgress.withLock { shown in
            if shown { Screen.put("\r\u{1b}[K", .error) }
            shown = false
        }
    }

    private static func put(_ text: String, _ place: Place) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(place.rawValue, $0.baseAddress, $0.count) }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if errno == EAGAIN {
                var ready = pollfd(fd: place.rawValue, events: Int16(POLLOUT), revents: 0)
                poll(&ready, 1, -1)
            } else if errno != EINTR {
                // Results that can't be written are lost: whoever waits for them must see that in the exit code.
                if place == .output { Screen.giveUp(errno) }
                return
            }
        }
    }

    private static func giveUp(_ code: Int32) -> Never {
        put("opora: stdout: \(SystemReason.text(code).text(.ofProcess))\n", .error)
        exit(ExitStatus.ioError.rawValue)
    }
}
