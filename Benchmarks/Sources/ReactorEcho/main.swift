import Glibc
import OporaTransport
import Synchronization

// Sends every message back through the kernel's reactor, on its thread: what the transport costs without a kernel behind it.
// usage: reactor_echo ENDPOINT; ends with SIGTERM.

/// The reactor that the closure it is made with sends through.
final class Way: Sendable {
    let reactor = Mutex<Reactor?>(nil)
}

/// Writes a line at once, to the standard output (1) or error (2).
func say(_ text: String, to descriptor: Int32) {
    let line = Array("\(text)\n".utf8)
    _ = write(descriptor, line, line.count)
}

guard CommandLine.arguments.count == 2 else {
    say("usage: reactor_echo ENDPOINT", to: 2)
    exit(2)
}

var signals = sigset_t()
sigemptyset(&signals)
sigaddset(&signals, SIGTERM)
sigaddset(&signals, SIGINT)
pthread_sigmask(SIG_BLOCK, &signals, nil)

let way = Way()
// The queue of answers is as long as the kernel's.
let spec = SocketSpec(.router, binds: [.init(CommandLine.arguments[1])], highWaterMark: 256, frameBytes: 4 * 1_048_576)
let reactor = Reactor([spec]) { batch in
    let reactor = way.reactor.withLock { $0 }
    reactor?.send(batch.map { Reactor.Outgoing(socket: $0.socket, frames: $0.frames) })
}
way.reactor.withLock { $0 = reactor }
do {
    try reactor.start()
} catch {
    say("reactor_echo: \(error)", to: 2)
    exit(2)
}
say("ready", to: 1)
var signal: Int32 = 0
sigwait(&signals, &signal)
reactor.stop()
