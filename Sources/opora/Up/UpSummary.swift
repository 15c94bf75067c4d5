import OporaPluginKit

/// Where everything of a running desk is, for the person who started it.
struct UpSummary: Sendable {
    var folder: DeskFolder
    var discovery: Discovery
    var plugins: DeskRun.Attendance
    /// The survey page's port, if it is known.
    var port: Int
    /// Where alerts of Prometheus are taken, if they are.
    var alerts: String?
    /// A whole command line for arguments of `opora`: the program as the person called it, and where this desk is.
    var command: @Sendable (String) -> String

    /// Looks at a desk that runs.
    /// - Parameter workingFolder: where the person is.
    init(running folder: DeskFolder, plugins: DeskRun.Attendance, workingFolder: String, language: Language) throws {
        self.folder = folder
        self.plugins = plugins
        do { discovery = try DeskLocation(runFolder: folder.run).discover() } catch { throw Failure(any: error) }
        port = DeskSetup(folder: folder, kernelConfig: nil, language: language).port
        if plugins.present.contains(.alertmanager) { alerts = AlertBridge.address(folder) }
        let flags = folder.run == "\(workingFolder)/.opora/run" ? "" : " --run-dir \(Shell.word(folder.run))"
        command = { Shell.word(Programs.typed(workingFolder)) + " \($0)" + flags }
    }

    /// The rows of the table: what, and where.
    func rows(_ language: Language) -> [[Cell]] {
        var rows: [[Cell]] = [
            [Cell(language.pick("folder", ru: "папка"), .faint), Cell(folder.root)],
            [Cell(language.pick("database", ru: "база"), .faint), Cell(folder.data(.kernel))],
            [Cell(language.pick("settings", ru: "настройки"), .faint), Cell("\(folder.root)/*.yaml")],
            [Cell(language.pick("logs", ru: "журналы"), .faint), Cell(folder.logs)],
            [Cell(language.pick("mail", ru: "почта"), .faint), Cell(folder.mail)],
        ]
        if port > 0 { rows.append([Cell(language.pick("survey links", ru: "ссылки опроса"), .faint), Cell("\(page)/s/...")]) }
        if let alerts { rows.append([Cell(language.pick("alerts", ru: "оповещения"), .faint), Cell(alerts)]) }
        rows += [
            [Cell("rpc", .faint), Cell(discovery.rpc)],
            [Cell("events", .faint), Cell(discovery.events)],
        ]
        for service in plugins.absent {
            rows.append([
                Cell(service.name, .faint),
                Cell(
                    language.pick(
                        "has not greeted the kernel; see \(folder.log(service))", ru: "не отвечает; см. \(folder.log(service))"),
                    .bad),
            ])
        }
        return rows
    }

    private func count(_ language: Language) -> String {
        language.counted(
            Int64(plugins.present.count), (one: "plugin", many: "plugins"), ru: (one: "плагин", few: "плагина", many: "плагинов"))
    }

    private var page: String { "http://127.0.0.1:\(port)" }

    /// Commands to try next.
    var commands: [String] {
        ["status", "ticket create \"The printer is on fire\"", "report morning"].map(command)
    }

    /// Prints it.
    func show(_ output: Output) {
        let json: JSON = [
            "dir": .string(folder.root), "data": .string(folder.data(.kernel)), "run_dir": .string(folder.run),
            "logs": .string(folder.logs), "mail": .string(folder.mail),
            "survey_page": port > 0 ? .string(page) : nil, "alerts": alerts.map { .string($0) }, "rpc": .string(discovery.rpc),
            "events": .string(discovery.events),
            "pid": .int(discovery.pid), "plugins": .array(plugins.present.map { .string($0.name) }),
        ]
        if output.json { return output.data(json) }
        output.line(
            "A desk is running: the kernel and \(count(.en)).", ru: "Служба поддержки работает: ядро и \(count(.ru)).")
        output.table([(en: "", ru: ""), (en: "", ru: "")], rows(output.language))
        output.line("Try in another terminal:", ru: "Попробуйте в другом окне:")
        for command in commands { output.line("  \(command)") }
        output.line("Ctrl-C stops it.", ru: "Ctrl-C останавливает.")
    }

    /// Prints no more than what to do next: the person is looking at a report.
    func showHint(_ output: Output, removes: Bool) {
        output.line("")
        output.line(
            "The desk goes on running in \(folder.root). Look around in another terminal:",
            ru: "Служба работает дальше в \(folder.root). Осмотритесь в другом окне:")
        for words in ["status", "ticket list --limit 5", "ticket show T-1"] { output.line("  \(command(words))") }
        output.line(
            removes ? "Ctrl-C stops it and removes the folder." : "Ctrl-C stops it; the folder stays.",
            ru: removes ? "Ctrl-C останавливает её и удаляет папку." : "Ctrl-C останавливает её, папка остаётся.")
    }
}
