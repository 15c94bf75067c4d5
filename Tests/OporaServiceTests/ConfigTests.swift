import OporaService
import Testing

@Suite("Configuration")
struct ConfigTests {
    @Test("Flags win over the environment, the environment over the file, the file over the default")
    func layers() throws {
        let config = try Config(
            file: "x.yaml", yaml: "smtp:\n  host: file\n  port: 1\nlist: [a, b]\nlanguage: ru\n",
            environment: ["OPORA_SMTP_PORT": "2", "OPORA_SMTP_HOST": "environment", "HOME": "/"], flags: ["smtp.host=flag"])
        #expect(config.string("smtp.host") == "flag")
        #expect(config.int("smtp.port", default: 9, in: 0...10) == 2)
        #expect(config.strings("list") == ["a", "b"])
        #expect(config.string("language") == "ru")
        #expect(config.bool("quiet", default: true))
        try config.finish()
    }

    @Test("A list of the file gives way to a flag or a variable with commas")
    func lists() throws {
        func config(_ environment: [String: String], _ flags: [String]) throws -> [String] {
            let config = try Config(file: "x.yaml", yaml: "list: [a, b]\n", environment: environment, flags: flags)
            let list = config.strings("list", default: ["none"])
            try config.finish()
            return list
        }
        #expect(try config([:], []) == ["a", "b"])
        #expect(try config(["OPORA_LIST": "c,d"], []) == ["c", "d"])
        #expect(try config(["OPORA_LIST": "c"], ["list=e, f"]) == ["e", "f"])
    }

    @Test("Every wrong setting is named with its line, at once")
    func problems() throws {
        let yaml = "smtp:\n  port: many\n  hots: x\nquiet: maybe\nlevel: loud\n"
        let config = try Config(file: "x.yaml", yaml: yaml, environment: ["OPORA_RETRY": "-1"], flags: ["nothing=1"])
        _ = config.int("smtp.port", default: 25, in: 1...65_535)
        _ = config.bool("quiet", default: false)
        _ = config.int("retry", default: 1, in: 0...9)
        do {
            try config.finish()
            Issue.record("nothing was wrong")
        } catch {
            let places = error.problems.map(\.place)
            #expect(places == ["--set nothing", "environment OPORA_RETRY", "x.yaml:2", "x.yaml:3", "x.yaml:4", "x.yaml:5"])
            #expect("\(error)".contains("smtp.port: \"many\" is not a whole number from 1 to 65535"))
            #expect("\(error)".contains("smtp.hots: there is no such setting"))
        }
    }

    @Test("What is no YAML is said with its line", arguments: ["a: [1\nb: 2", "- x\n", "a: 1\na: 2\n", "a: \"x\n"])
    func broken(yaml: String) {
        #expect(throws: ConfigProblems.self) { try Config(file: "x.yaml", yaml: yaml, environment: [:], flags: []).finish() }
    }
}
