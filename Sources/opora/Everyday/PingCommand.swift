import ArgumentParser
import OporaPluginKit

/// `opora ping`: whether the kernel answers, and how fast.
struct PingCommand: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "ping", abstract: .both("See whether the kernel answers.", ru: "Проверить, отвечает ли ядро."))

    @OptionGroup var common: CommonOptions

    func run(_ desk: Desk) async throws {
        let clock = ContinuousClock()
        let start = clock.now
        let answer = try await desk.read("ping")
        let microseconds = (clock.now - start).components.attoseconds / 1_000_000_000_000
        if desk.output.json {
            var object = answer.object ?? JSONObject()
            object["round_trip_us"] = .int(microseconds)
            return desk.output.data(.object(object))
        }
        let milliseconds = Double(microseconds) / 1000
        desk.output.line(
            "the kernel answered after \(Language.en.decimal(milliseconds)) ms",
            ru: "ядро ответило через \(Language.ru.decimal(milliseconds)) мс")
    }
}

/// `opora version`.
struct VersionCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "version",
        abstract: .both("Show the versions of program and protocol.", ru: "Показать версии программы и протокола."))

    @OptionGroup var common: CommonOptions

    func run() async throws {
        let output = common.output()
        let protocolText = "\(ProtocolVersion.major).\(ProtocolVersion.minor)"
        if output.json {
            return output.data(["version": .string(SoftwareVersion.text), "protocol": .string(protocolText)])
        }
        output.line(
            "opora \(SoftwareVersion.text), protocol \(protocolText)",
            ru: "opora \(SoftwareVersion.text), протокол \(protocolText)")
    }
}

/// `opora methods`: what may be called.
struct MethodsCommand: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "methods",
        abstract: .both(
            "List the methods that you may call, those of plugins too.",
            ru: "Методы, которые вам доступны, в том числе от плагинов."))

    @OptionGroup var common: CommonOptions

    func run(_ desk: Desk) async throws {
        let answer = try await desk.read("rpc.discover")
        if desk.output.json { return desk.output.data(answer) }
        guard let methods = answer["methods"]?.array else { throw Failure.badAnswer("rpc.discover") }
        desk.output.table(
            [(en: "method", ru: "метод"), (en: "summary", ru: "описание")],
            methods.map { [Cell($0["name"]?.string ?? "?", .strong), Cell($0["summary"]?.string ?? "")] })
    }
}
