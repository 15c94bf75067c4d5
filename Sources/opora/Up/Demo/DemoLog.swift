import OporaPluginKit

/// The incident log that a demo shows: a file of the user's, or one that is made up.
struct DemoLog: Sendable {
    /// The file of the user's; nil for a made-up log.
    var file: String?
    /// The made-up log.
    var text: String?
    var span: LogSpan

    /// - Parameters:
    ///   - file: a ServiceNow incident CSV; nil to make one up.
    ///   - generator: makes it up.
    init(file: String?, generator: IncidentGenerator) throws {
        self.file = file
        if let file {
            let source: FileSource
            do throws(ReadFault) { source = try FileSource(file) } catch { throw error.failure }
            // It is read twice: for its span, then by the import.
            guard source.size != nil else {
                throw Failure.usage("--log: \(file) is no file", ru: "--log: \(file) — не файл")
            }
            span = try LogSpan(source)
        } else {
            guard let span = LogSpan(rows: generator.rows()) else {
                throw Failure.usage("--tickets: at least 1", ru: "--tickets: хотя бы 1")
            }
            self.span = span
            text = generator.csv()
        }
    }
}
