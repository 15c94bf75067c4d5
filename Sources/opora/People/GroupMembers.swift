import ArgumentParser
import OporaPluginKit

/// `opora group members`.
struct GroupMembers: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "members",
        abstract: .both("List who is in a group, and whether they are there.", ru: "Кто состоит в группе и кто на месте."))

    @Argument(help: .both("The group.", ru: "Группа.")) var group: GroupID
    @Option(help: .both("Who works on this tier.", ru: "Кто работает на этой линии.", valueName: "n")) var tier: Int64?
    @OptionGroup var list: ListOptions
    @OptionGroup var common: CommonOptions

    func run(_ desk: Desk) async throws {
        let page = try await desk.list("group.members", ["group": .id(group), "tier": tier.map { .int($0) }], list)
        if desk.output.json { return desk.output.data(page.json) }
        desk.output.table(
            [
                (en: "id", ru: "номер"), (en: "name", ru: "имя"), (en: "tier", ru: "линия"), (en: "leads", ru: "руководит"),
                (en: "there", ru: "на месте"),
            ],
            page.items.map { item in
                func flag(_ name: String) -> Cell {
                    item[name]?.bool == true ? Cell(desk.output.say("yes", ru: "да")) : .blank
                }
                return [
                    Cell(item["user"]?.string ?? "?", .strong), Cell(item["name"]?.string ?? ""),
                    item["tier"]?.int.map { .figure("\($0)") } ?? .blank, flag("lead"), flag("there"),
                ]
            })
        desk.remark(page, nothing: Bilingual("Nobody is in it.", ru: "В группе никого нет."))
    }
}

/// `opora group add`.
struct GroupAdd: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: .both("Take a user into a group, or give them another tier.", ru: "Принять в группу или сменить линию."))

    @Argument(help: .both("The group.", ru: "Группа.")) var group: GroupID
    @Argument(help: .both("The user.", ru: "Пользователь.")) var user: UserID
    @Option(help: .both("For this tier only.", ru: "Только для этой линии.", valueName: "n")) var tier: Int64?
    @OptionGroup var version: VersionOption
    @OptionGroup var change: ChangeOptions
    @OptionGroup var common: CommonOptions

    func run(_ desk: Desk) async throws {
        let params: JSON = [
            "group": .id(group), "user": .id(user), "tier": tier.map { .int($0) },
            "expected_version": version.expectedVersion.map { .int($0) },
        ]
        try desk.show(try await desk.change("group.add_member", params, change), "group", "group.add_member")
    }
}

/// `opora group remove`.
struct GroupRemove: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove", abstract: .both("Let a user go from a group.", ru: "Исключить из группы."))

    @Argument(help: .both("The group.", ru: "Группа.")) var group: GroupID
    @Argument(help: .both("The user.", ru: "Пользователь.")) var user: UserID
    @OptionGroup var version: VersionOption
    @OptionGroup var change: ChangeOptions
    @OptionGroup var common: CommonOptions

    func run(_ desk: Desk) async throws {
        let params: JSON = [
            "group": .id(group), "user": .id(user), "expected_version": version.expectedVersion.map { .int($0) },
        ]
        try desk.show(try await desk.change("group.remove_member", params, change), "group", "group.remove_member")
    }
}
