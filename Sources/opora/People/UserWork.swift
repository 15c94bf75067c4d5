import ArgumentParser
import OporaPluginKit

/// `opora user away`.
struct UserAway: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "away",
        abstract: .both("Say that a user takes no tickets for now.", ru: "Сказать, что сотрудник пока не принимает обращений."))

    @Argument(help: .both("The user.", ru: "Пользователь.")) var user: UserID
    @Option(
        help: .both(
            "When they are back, e.g. 2026-03-01 or +2h.", ru: "Когда вернётся, например 2026-03-01 или +2h.", valueName: "time"))
    var until: String?
    @Option(help: .both("Who gets the tickets meanwhile.", ru: "Кто замещает.", valueName: "user")) var replacement: UserID?
    @OptionGroup var version: VersionOption
    @OptionGroup var change: ChangeOptions
    @OptionGroup var common: CommonOptions

    func run(_ desk: Desk) async throws {
        let end = try until.map { try desk.instant($0, "--until") }
        let params: JSON = [
            "user": .id(user), "state": "away", "until": .optional(end?.text), "replacement": .id(replacement),
            "expected_version": version.expectedVersion.map { .int($0) },
        ]
        try desk.show(try await desk.change("user.set_availability", params, change), "user", "user.set_availability")
    }
}

/// `opora user back`.
struct UserBack: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "back",
        abstract: .both("Say that a user takes tickets again.", ru: "Сказать, что сотрудник снова принимает обращения."))

    @Argument(help: .both("The user.", ru: "Пользователь.")) var user: UserID
    @OptionGroup var change: ChangeOptions
    @OptionGroup var common: CommonOptions

    func run(_ desk: Desk) async throws {
        let answer = try await desk.change("user.set_availability", ["user": .id(user), "state": "available"], change)
        try desk.show(answer, "user", "user.set_availability")
    }
}

/// `name=level` on the command line.
struct SkillArgument: ExpressibleByArgument, Hashable, Sendable {
    var name: String
    var level: Int64

    init?(argument: String) {
        let parts = argument.split(separator: "=", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, let level = Int64(parts[1]) else { return nil }
        name = String(parts[0])
        self.level = level
    }

    /// All of them as one object; the last of a name wins.
    static func object(_ skills: [SkillArgument]) -> JSON {
        var object = JSONObject()
        for skill in skills { object[skill.name] = .int(skill.level) }
        return .object(object)
    }
}

/// `opora user skills`.
struct UserSkills: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "skills",
        abstract: .both(
            "Set what a user is good at and how many tickets they take.",
            ru: "Задать навыки сотрудника и сколько обращений он берёт."))

    @Argument(help: .both("The user.", ru: "Пользователь.")) var user: UserID
    @Argument(
        help: .both(
            "Skills with a level from 1 to 5, e.g. vpn=3; all others go.",
            ru: "Навыки с уровнем от 1 до 5, например vpn=3; прочие снимаются."))
    var skills: [SkillArgument] = []
    @Option(help: .both("Unsolved tickets at once.", ru: "Нерешённых обращений сразу.", valueName: "n")) var capacity: Int64?
    @Flag(help: .both("As many tickets as come.", ru: "Без ограничения числа обращений.")) var noCapacity = false
    @OptionGroup var version: VersionOption
    @OptionGroup var change: ChangeOptions
    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard !(noCapacity && capacity != nil) else {
            throw ValidationError(
                .both("--capacity and --no-capacity exclude each other", ru: "--capacity и --no-capacity несовместимы"))
        }
    }

    func run(_ desk: Desk) async throws {
        let params: JSON = [
            "user": .id(user), "skills": SkillArgument.object(skills),
            "capacity": noCapacity ? .null : capacity.map { .int($0) },
            "expected_version": version.expectedVersion.map { .int($0) },
        ]
        try desk.show(try await desk.change("user.set_skills", params, change), "user", "user.set_skills")
    }
}

/// `opora user pick`.
struct UserPick: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "pick",
        abstract: .both(
            "List who could take a ticket now, the least loaded first.",
            ru: "Кто может взять обращение сейчас; сначала наименее занятые."))

    @Option(help: .both("Of this group.", ru: "Из этой группы.", valueName: "group")) var group: GroupID?
    @Option(help: .both("On this tier of the group.", ru: "С этой линии группы.", valueName: "n")) var tier: Int64?
    @Option(
        name: .customLong("skill"), parsing: .upToNextOption,
        help: .both("With these skills, e.g. vpn=3.", ru: "С этими навыками, например vpn=3.", valueName: "name=level"))
    var skills: [SkillArgument] = []
    @Option(help: .both("How many to show.", ru: "Сколько показать.", valueName: "n")) var limit: Int64?
    @OptionGroup var common: CommonOptions

    func run(_ desk: Desk) async throws {
        let params: JSON = [
            "group": .id(group), "tier": tier.map { .int($0) }, "skills": skills.isEmpty ? nil : SkillArgument.object(skills),
            "limit": limit.map { .int($0) },
        ]
        let answer = try await desk.read("agent.pick", params)
        if desk.output.json { return desk.output.data(answer) }
        let items = answer["items"]?.array ?? []
        desk.output.table(
            [
                (en: "id", ru: "номер"), (en: "name", ru: "имя"), (en: "open", ru: "в работе"), (en: "takes", ru: "берёт"),
                (en: "skills", ru: "навыки"),
            ],
            items.map { item in
                let skills = (item["skills"]?.object?.members ?? []).map { "\($0.name)=\($0.value.int ?? 0)" }
                return [
                    Cell(item["user"]?.string ?? "?", .strong), Cell(item["name"]?.string ?? ""),
                    .figure("\(item["open_tickets"]?.int ?? 0)"), item["capacity"]?.int.map { .figure("\($0)") } ?? .blank,
                    Cell(skills.joined(separator: ", ")),
                ]
            })
        desk.remark(
            ListPage(items: items, json: answer, cursor: nil),
            nothing: Bilingual("Nobody is free who can do it.", ru: "Свободных сотрудников с такими навыками нет."))
    }
}
