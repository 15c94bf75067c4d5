import FoundationEssentials
import Glibc

/// How a process is to be started.
struct Spawn: Hashable, Sendable {
    /// The executable's path.
    var program: String
    var arguments: [String]
    /// A file that takes what the process prints, after what is there; without one it prints where this process does.
    var log: String?

    /// Starts it.
    ///
    /// One with a log gets a process group of its own, so that Ctrl-C at the terminal reaches this process alone, which
    /// then stops the others in order. One without stays in the terminal's group and hears Ctrl-C itself.
    func start() throws(SpawnError) -> Child {
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // What this process ignores or blocks, a started one would too.
        var handled = sigset_t()
        sigemptyset(&handled)
        posix_spawnattr_setsigmask(&attributes, &handled)
        for signal in [SIGINT, SIGTERM, SIGHUP, SIGPIPE] { sigaddset(&handled, signal) }
        posix_spawnattr_setsigdefault(&attributes, &handled)
        var flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF
        if log != nil { flags |= POSIX_SPAWN_SETPGROUP }
        posix_spawnattr_setflags(&attributes, Int16(flags))

        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        if let log {
            posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
            posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, log, O_WRONLY | O_CREAT | O_APPEND, 0o600)
            posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO)
        }

        let words = Spawn.list([program] + arguments)
        let variables = Spawn.list(ProcessInfo.processInfo.environment.map { "\($0)=\($1)" })
        defer { for text in words + variables { free(text) } }
        var pid = pid_t()
        let result = posix_spawn(&pid, program, &actions, &attributes, words, variables)
        guard result == 0 else { throw SpawnError(program: program, code: result) }
        return try Child(pid: pid)
    }

    /// Texts in C's form, ended by a null pointer; the caller frees each.
    private static func list(_ texts: [String]) -> [UnsafeMutablePointer<CChar>?] { texts.map { strdup($0) } + [nil] }
}

/// A process that could not be started.
struct SpawnError: Error, Sendable, CustomStringConvertible {
    var program: String
    var code: Int32

    var description: String { "\(program) could not be started: \(String(cString: strerror(code)))" }
}
