import ArgumentParser
import OporaPluginKit

/// `opora import`: history from other systems.
struct ImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: .both("Bring in history from other systems.", ru: "Перенести историю из других систем."),
        subcommands: [ImportServiceNow.self, ImportCSV.self])
}

/// `opora import servicenow`.
struct ImportServiceNow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "servicenow",
        abstract: .both(
            "Replay a ServiceNow incident log (CSV, one row per update) with its own times.",
            ru: "Перенести журнал инцидентов ServiceNow (CSV, строка на изменение) с его собственными датами."),
        discussion: .both(
            """
            It can be stopped with Ctrl-C and run again at any time: rows that are there already are skipped.
            A bad row is reported with its line and passed over; --strict makes the command end with 65 then.
            """,
            ru: """
                Можно прервать (Ctrl-C) и запустить снова в любой момент: строки, которые уже есть, будут пропущены.
                О негодной строке сообщается с её номером, она пропускается; с --strict код завершения тогда 65.
                """))

    @Argument(
        help: .both("The file; - reads standard input.", ru: "Файл; - читает стандартный ввод."),
        completion: .file(extensions: ["csv"]))
    var file: String
    @Option(
        help: .both(
            "The time zone of its times, e.g. Europe/Berlin.", ru: "Часовой пояс её времён, например Europe/Moscow.",
            valueName: "zone"))
    var zone: String
    @Flag(
        help: .both(
            "Read and check everything, send nothing; needs no kernel.",
            ru: "Всё прочесть и проверить, ничего не отправлять; ядро не нужно."))
    var dryRun = false
    @Flag(help: .both("End with 65 if a row was bad or refused.", ru: "Завершиться с 65, если были негодные строки."))
    var strict = false
    @OptionGroup var common: CommonOptions

    func run() async throws {
        guard let rules = SystemZones().zone(zone) else {
            throw Failure.usage(
                "--zone: there is no zone \"\(zone)\"; write an IANA name such as Europe/Berlin or UTC",
                ru: "--zone: пояса «\(zone)» нет; пишите имя IANA, например Europe/Moscow или UTC")
        }
        try await ImportFlow(file: file, isTrial: dryRun, isStrict: strict, source: "servicenow", common: common).run { header in
            ServiceNowMapper(columns: try ServiceNowColumns(header: header), zone: rules)
        }
    }
}
