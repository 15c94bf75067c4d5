import ArgumentParser
import OporaPluginKit

/// `opora import csv`.
struct ImportCSV: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "csv",
        abstract: .both(
            "Bring in tickets from any CSV file, by a mapping of its columns.",
            ru: "Перенести обращения из любого файла CSV по соответствию столбцов."),
        discussion: .both(
            """
            The mapping is a YAML file: source, zone, columns (external_id, created_at, subject and requester are needed; updated_at,
            status, priority, group, assignee, channel), fields (custom field: column), and under status, priority and channel what
            the file's words mean. Several rows of one ticket are its history. It can be run again: rows that are there are skipped.
            """,
            ru: """
                Соответствие — файл YAML: source, zone, columns (нужны external_id, created_at, subject, requester; ещё updated_at,
                status, priority, group, assignee, channel), fields (поле: столбец), а в разделах status, priority, channel — что
                значат слова файла. Несколько строк одного обращения — его история. Можно запускать снова: что есть, пропускается.
                """))

    @Argument(
        help: .both("The file; - reads standard input.", ru: "Файл; - читает стандартный ввод."),
        completion: .file(extensions: ["csv"]))
    var file: String
    @Option(
        help: .both("The mapping file.", ru: "Файл соответствий.", valueName: "file"), completion: .file(extensions: ["yaml"]))
    var mapping: String
    @Flag(
        help: .both(
            "Read and check everything, send nothing; needs no kernel.",
            ru: "Всё прочесть и проверить, ничего не отправлять; ядро не нужно."))
    var dryRun = false
    @Flag(help: .both("End with 65 if a row was bad or refused.", ru: "Завершиться с 65, если были негодные строки."))
    var strict = false
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let bytes = try PieceReader(mapping).next(Limits.bodyBytes)
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Failure.badData("\(mapping) is not UTF-8", ru: "\(mapping) — не UTF-8")
        }
        let known = try CSVMapping(file: mapping, yaml: text)
        guard let zone = SystemZones().zone(known.zoneName) else {
            throw Failure.badData(
                "\(mapping): there is no zone \"\(known.zoneName)\"; write an IANA name such as Europe/Berlin",
                ru: "\(mapping): пояса «\(known.zoneName)» нет; пишите имя IANA, например Europe/Moscow")
        }
        try await ImportFlow(file: file, isTrial: dryRun, isStrict: strict, source: known.source, common: common).run { header in
            try CSVMapper(header: header, mapping: known, zone: zone)
        }
    }
}
