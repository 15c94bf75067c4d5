import Glibc
import OporaPluginKit

extension Failure {
    /// A file or folder that can't be made.
    static func folder(_ path: String, reason: String) -> Failure {
        Failure(
            .ioError, "folder",
            Bilingual("\(path) can't be made or written: \(reason)", ru: "не удалось создать или записать \(path): \(reason)"),
            hint: Bilingual("Name another folder with --dir.", ru: "Укажите другую папку через --dir."))
    }

    /// Another `opora up` has the folder.
    static func alreadyRuns(_ lock: String, pid: String) -> Failure {
        Failure(
            .unavailable, "already_runs",
            Bilingual(
                "a desk runs in this folder already: `opora up` is process \(pid), which holds \(lock)",
                ru: "в этой папке уже работает служба поддержки: `opora up` — процесс \(pid), он держит \(lock)"),
            hint: Bilingual(
                "Use it, stop it with Ctrl-C or `kill \(pid)`, or name another folder with --dir.",
                ru: "Пользуйтесь ею, остановите её (Ctrl-C или `kill \(pid)`) или укажите другую папку через --dir."))
    }

    /// The kernel's sockets would have paths that are too long.
    static func socketPath(_ run: String, excess: Int) -> Failure {
        Failure(
            .usage, "path_too_long",
            Bilingual(
                "\(run) is \(excess) bytes too long: a socket's whole path may have \(DeskFolder.socketPathBytes)",
                ru: "путь \(run) длиннее на \(excess) байт: полный путь сокета может занимать \(DeskFolder.socketPathBytes)"),
            hint: Bilingual(
                "Give the sockets a short folder of their own, such as --run-dir /tmp/desk, or the desk a shorter --dir.",
                ru: "Дайте сокетам отдельную короткую папку, например --run-dir /tmp/desk, или укажите более короткий --dir."))
    }

    /// An executable that should lie beside this one.
    static func program(_ name: String, folder: String) -> Failure {
        Failure(
            .unavailable, "no_program",
            Bilingual(
                "there is no \(name) in \(folder), where opora lies", ru: "в \(folder), рядом с opora, нет программы \(name)"),
            hint: Bilingual("Build them all: `swift build`.", ru: "Соберите все программы: `swift build`."))
    }

    /// A configuration that was named and can't be read.
    static func unreadable(_ path: String) -> Failure {
        Failure(
            .noInput, "unreadable",
            Bilingual(
                "\(path) can't be read: \(String(cString: strerror(errno)))",
                ru: "\(path) не читается: \(String(cString: strerror(errno)))"))
    }

    /// The kernel could not even be started.
    static func notStarted(_ error: SpawnError) -> Failure {
        Failure(.unavailable, "not_started", Bilingual("\(error)", ru: "не удалось запустить: \(error)"))
    }

    /// The kernel ended before it was ready.
    static func kernelDied(_ ending: Child.Ending, log: String, tail: [String]) -> Failure {
        Failure(
            ending == .exited(ConfigExit.status) ? .badData : .unavailable, "kernel_died",
            Bilingual(
                "the kernel ended at its start: \(ending.text(.en))", ru: "ядро завершилось при запуске: \(ending.text(.ru))"),
            hint: Bilingual("Its whole log: \(log)", ru: "Весь журнал: \(log)"), data: quote(tail))
    }

    /// The kernel runs but does not answer.
    static func kernelSilent(seconds: Int, log: String, tail: [String]) -> Failure {
        Failure(
            .unavailable, "kernel_silent",
            Bilingual("the kernel was not ready within \(seconds) s", ru: "ядро не было готово за \(seconds) с"),
            hint: Bilingual("Its whole log: \(log)", ru: "Весь журнал: \(log)"), data: quote(tail))
    }

    /// A plugin's key file that holds no keys.
    static func damagedKey(_ path: String) -> Failure {
        Failure(
            .badData, "bad_key_file", Bilingual("\(path) holds no CURVE keys", ru: "\(path) не содержит ключей CURVE"),
            hint: Bilingual(
                "Put it back from a backup; or remove it, start again, and put the new public key into kernel.yaml.",
                ru: "Верните его из копии; или удалите, запустите снова и впишите новый открытый ключ в kernel.yaml."))
    }

    /// The kernel's configuration does not know a plugin's key.
    static func unknownKey(_ service: DeskService, key: String, config: String, generated: String) -> Failure {
        Failure(
            .badData, "unknown_key",
            Bilingual(
                "\(config) does not name the key of the \(service.name), which is \(key)",
                ru: "в \(config) нет ключа плагина \(service.name): \(key)"),
            hint: config == generated
                ? Bilingual(
                    "Put it in place of the old one under identities, or remove the file to have it written again.",
                    ru: "Впишите его вместо старого в identities или удалите файл, и он будет создан заново.")
                : Bilingual(
                    "Copy the identities and roles of the plugins from \(generated).",
                    ru: "Перенесите identities и roles плагинов из \(generated)."))
    }

    /// The kernel's configuration lets a plugin read no events.
    static func noStreams(_ service: DeskService, config: String) -> Failure {
        let streams = service.streams.map(\.rawValue).joined(separator: ", ")
        return Failure(
            .badData, "no_streams",
            Bilingual(
                "\(config): the role \(service.name) names no streams, so the \(service.name) would read no events",
                ru: "\(config): у роли \(service.name) нет streams, и \(service.name) не увидит событий"),
            hint: Bilingual(
                "Add to it: streams: [\(streams)]", ru: "Добавьте в неё: streams: [\(streams)]"))
    }

    /// Processes of an earlier run that do not go away.
    static func leftovers(_ found: [Leftovers.Found]) -> Failure {
        let list = found.map { "\($0.service.name) \($0.pid)" }.joined(separator: ", ")
        let numbers = found.map { "\($0.pid)" }.joined(separator: " ")
        return Failure(
            .unavailable, "leftovers",
            Bilingual(
                "processes of an earlier run do not stop: \(list)", ru: "процессы прошлого запуска не останавливаются: \(list)"),
            hint: Bilingual("Stop them with `kill -9 \(numbers)`.", ru: "Остановите их: `kill -9 \(numbers)`."))
    }

    /// Something else listens where the survey page should.
    static func portTaken(_ port: Int, config: String) -> Failure {
        Failure(
            .unavailable, "port_taken",
            Bilingual(
                "port \(port), where the survey page should be, is taken by another program",
                ru: "порт \(port), на котором должна быть страница опроса, занят другой программой"),
            hint: Bilingual("Change http.port in \(config).", ru: "Измените http.port в \(config)."))
    }

    /// A command that a demo ran for the user failed; it has said why.
    static func step(_ command: String, _ ending: Child.Ending) -> Failure {
        Failure(
            .unavailable, "demo_step",
            Bilingual("`\(command)` failed: \(ending.text(.en))", ru: "`\(command)` завершилась с ошибкой: \(ending.text(.ru))"))
    }

    /// What a service wrote at its end, for programs; people see it line by line before the failure.
    private static func quote(_ tail: [String]) -> JSONObject {
        tail.isEmpty ? JSONObject() : JSONObject([("log", .array(tail.map { .string($0) }))])
    }
}

/// The status with which services end whose settings are wrong.
enum ConfigExit {
    static let status: Int32 = 78
}
