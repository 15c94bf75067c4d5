import OporaPluginKit
import Testing

@testable import opora

@Suite("The folder of `opora up`") struct DeskFolderTests {
    @Test(
        "Paths are absolute, whatever was typed",
        arguments: [
            (".opora", "/home/kim/.opora"), ("./a/../b", "/home/kim/b"), ("/srv/desk/", "/srv/desk"), ("..", "/home"),
            ("../../..", "/"),
        ])
    func absolute(typed: String, root: String) {
        #expect(DeskFolder(root: typed, workingFolder: "/home/kim").root == root)
    }

    @Test("The sockets may lie elsewhere")
    func run() {
        #expect(DeskFolder(root: "d", workingFolder: "/w").run == "/w/d/run")
        #expect(DeskFolder(root: "d", run: "/tmp/r", workingFolder: "/w").run == "/tmp/r")
    }

    @Test("A path that is too long for a socket is known beforehand", arguments: [(89, 0), (90, 1), (120, 31)])
    func length(bytes: Int, excess: Int) {
        let run = "/" + String(repeating: "x", count: bytes - 1)
        #expect(DeskFolder(root: "/d", run: run, workingFolder: "/").socketPathExcess == excess)
    }
}

@Suite("Settings that `opora up` writes") struct DeskConfigTests {
    private let folder = DeskFolder(root: "/srv/a \"desk\"", workingFolder: "/")
    private let keys = DeskService.plugins.map {
        (service: $0, key: "rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]y\($0.name.prefix(1))")
    }

    private func read(_ text: String) throws -> Config {
        try Config(file: "test.yaml", yaml: text, environment: [:], flags: [])
    }

    @Test("Every plugin has an identity, a key and a role of its own")
    func identities() throws {
        let config = try read(DeskConfig.kernel(folder, keys: keys))
        #expect(config.string("data_dir") == "/srv/a \"desk\"/data")
        #expect(config.string("run_dir") == "/srv/a \"desk\"/run")
        #expect(config.count("identities") == 5)
        for (index, plugin) in DeskService.plugins.enumerated() {
            #expect(config.string("identities.\(index).name") == plugin.name)
            #expect(config.string("identities.\(index).key") == keys[index].key)
            #expect(config.strings("identities.\(index).roles") == [plugin.name])
            #expect(config.strings("roles.\(plugin.name).methods") == plugin.methods)
            #expect(config.strings("roles.\(plugin.name).rights").isEmpty)
            #expect(config.strings("roles.\(plugin.name).streams") == plugin.streams.map(\.rawValue))
        }
        try config.finish()
    }

    @Test("No plugin may do everything, create tickets or import", arguments: DeskService.standard)
    func rights(plugin: DeskService) {
        #expect(
            plugin.methods.allSatisfy {
                $0 != "*" && !$0.hasSuffix(".create") && !$0.hasPrefix("import") && !$0.hasPrefix("ticket.*")
            })
    }

    @Test("Mail goes into the folder, the survey page gets its port, texts are in the user's language")
    func plugins() throws {
        let notifier = try read(DeskConfig.plugin(.notifier, folder, language: .ru, port: 1))
        #expect(notifier.string("smtp.folder") == "/srv/a \"desk\"/mail")
        #expect(notifier.string("language") == "ru")
        let feedback = try read(DeskConfig.plugin(.feedback, folder, language: .en, port: 8400))
        #expect(feedback.int("http.port", default: 0, in: 0...65_535) == 8400)
        #expect(try read(DeskConfig.plugin(.reporter, folder, language: .en, port: 1)).string("language") == nil)
    }
}

@Suite("What an earlier run left") struct LeftoversTests {
    private func line(_ words: String...) -> [UInt8] { words.flatMap { Array($0.utf8) + [0] } }

    @Test("A process belongs to the desk by its program and its runtime folder")
    func found() {
        let run = "/srv/desk/run"
        #expect(Leftovers.service(ofCommandLine: line("/bin/oporad", "--run-dir", run, "--data-dir", "x"), run: run) == .kernel)
        #expect(Leftovers.service(ofCommandLine: line("/x/notifier", "--data-dir", "x", "--run-dir", run), run: run) == .notifier)
        let bridge = line("/x/bin/python3", "/y/plugins/alertmanager/run", "--run-dir", run)
        #expect(Leftovers.service(ofCommandLine: bridge, run: run) == .alertmanager)
    }

    @Test("Other processes are left alone")
    func others() {
        let run = "/srv/desk/run"
        #expect(Leftovers.service(ofCommandLine: line("/bin/oporad", "--run-dir", "/srv/desk/run2"), run: run) == nil)
        #expect(Leftovers.service(ofCommandLine: line("/bin/vim", "--run-dir", run), run: run) == nil)
        #expect(Leftovers.service(ofCommandLine: line("/bin/oporad", "--run-dir"), run: run) == nil)
        #expect(Leftovers.service(ofCommandLine: line("/bin/python3", "/y/other/run", "--run-dir", run), run: run) == nil)
        #expect(Leftovers.service(ofCommandLine: [], run: run) == nil)
    }
}

@Suite("Starting again") struct BackoffTests {
    @Test("Pauses double up to the longest and begin anew after a good run")
    func pauses() {
        var backoff = Backoff()
        #expect((0..<7).map { _ in backoff.pause(afterRunning: 10) } == [1000, 2000, 4000, 8000, 16_000, 30_000, 30_000])
        #expect(backoff.pause(afterRunning: Backoff.wellMilliseconds) == 1000)
        #expect(backoff.pause(afterRunning: 10) == 2000)
    }
}

@Suite("The end of a log") struct LogTailTests {
    @Test("Troubles become sentences, other lines stay, and only the last count")
    func plain() {
        let text = """
            {"at_ms":1,"level":"info","service":"oporad","message":"ready","run_dir":"/r"}
            {"at_ms":1,"level":"error","service":"oporad","message":"a read failed","try":3,"file":"/r"}
            {"at_ms":1,"level":"warning","service":"oporad","message":"late"}
            oporad: the configuration has 1 problem:
            """
        #expect(LogTail.plain(text) == ["a read failed (try: 3, file: /r)", "late", "oporad: the configuration has 1 problem:"])
        let many = (1...40).map { "line \($0)" }.joined(separator: "\n")
        #expect(LogTail.plain(many).count == LogTail.lines)
        #expect(LogTail.plain(many).last == "line 40")
    }
}
