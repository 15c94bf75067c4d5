import ArgumentParser
import OporaPluginKit

/// `opora group`: teams that work on tickets.
struct GroupCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "group", abstract: .both("Work with groups of agents.", ru: "Группы сотрудников."),
        subcommands: [
            GroupCreate.self, GroupList.self, GroupShow.self, GroupUpdate.self, GroupMembers.self, GroupAdd.self,
            GroupRemove.self,
        ])
}

/// `opora group create`.
struct GroupCreate: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: .both("Create a group and print its id.", ru: "Создать группу и напечатать номер."))

    @Argument(help: .both("Its name; no two groups share one.", ru: "Название; двух одинаковых не бывает.")) var name: String
    @Option(help: .both("Who leads it.", ru: "Руководитель.", valueName: "user")) var lead: UserID?
    @Option(
        name: .customLong("member"), parsing: .upToNextOption,
        help: .both("Who belongs to it; several are possible.", ru: "Участник; можно несколько.", valueName: "user"))
    var members: [UserID] = []
    @Option(help: .both("Id in another system.", ru: "Номер в другой системе.", valueName: "text")) var externalID: String?
    @OptionGroup var change: ChangeOptions
    @OptionGroup var common: CommonOptions

    func run(_ desk: Desk) async throws {
        let params: JSON = [
            "name": .string(name), "lead": .id(lead), "members": .ids(members), "external_id": .optional(externalID),
        ]
        try await desk.create("group", params, change)
    }
}

/// `opora group list`.
struct GroupList: DeskCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: .both("List groups.", ru: "Список групп."))

    @Option(help: .both("With this name.", ru: "С этим названием.", valueName: "text")) var name: String?
    @Option(help: .both("With this id in another system.", ru: "С этим номером в другой системе.", valueName: "text"))
    var externalID: String?
    @OptionGroup var list: ListOptions
    @OptionGroup var common: CommonOptions

    func run(_ desk: Desk) async throws {
        let page = try await desk.list("group.list", ["name": .optional(name), "external_id": .optional(externalID)], list)
        if desk.output.json { return desk.output.data(page.json) }
        let names = await Names.read(page.items.map { $0["lead"] }, desk)
        desk.output.table(
            [
                (en: "id", ru: "номер"), (en: "name", ru: "название"), (en: "lead", ru: "руководитель"),
                (en: "members", ru: "участников"),
            ],
            page.items.map { group in
                [
                    Cell(group["id"]?.string ?? "?", .strong), Cell(group["name"]?.string ?? ""), names.cell(group["lead"]),
                    .figure("\(group["members"]?.array?.count ?? 0)"),
                ]
            })
        desk.remark(page, nothing: Bilingual("No such groups.", ru: "Таких групп нет."))
    }
}

/// `opora group show`.
struct GroupShow: DeskCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: .both("Show a group.", ru: "Показать группу."))

    @Argument(help: .both("The group, e.g. G-3 or 3.", ru: "Группа, например G-3 или 3.")) var group: GroupID
    @OptionGroup var common: CommonOptions

    func run(_ desk: Desk) async throws {
        try desk.show(try await desk.read("group.get", ["group": .id(group)]), "group", "group.get")
    }
}

/// `opora group update`.
struct GroupUpdate: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "update",
        abstract: .both("Change a group; what you leave out stays.", ru: "Изменить группу; что не указано, остаётся."))

    @Argument(help: .both("The group.", ru: "Группа.")) var group: GroupID
    @Option(help: .both("Its new name.", ru: "Новое название.", valueName: "text")) var name: String?
    @Option(help: .both("Who leads it.", ru: "Руководитель.", valueName: "user")) var lead: UserID?
    @Flag(help: .both("Nobody leads it.", ru: "Без руководителя.")) var noLead = false
    @Option(
        parsing: .upToNextOption, help: .both("Take these in.", ru: "Принять этих.", valueName: "user"))
    var add: [UserID] = []
    @Option(
        parsing: .upToNextOption, help: .both("Let these go.", ru: "Исключить этих.", valueName: "user"))
    var remove: [UserID] = []
    @OptionGroup var version: VersionOption
    @OptionGroup var change: ChangeOptions
    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard name != nil || lead != nil || noLead || !add.isEmpty || !remove.isEmpty else {
            throw ValidationError(.both("nothing to change was given", ru: "не сказано, что изменить"))
        }
        guard !(noLead && lead != nil) else {
            throw ValidationError(.both("--lead and --no-lead exclude each other", ru: "--lead и --no-lead несовместимы"))
        }
    }

    func run(_ desk: Desk) async throws {
        var params = JSONObject([("group", .string(group.description))])
        params["name"] = .optional(name)
        params["lead"] = noLead ? JSON.null : JSON.id(lead)
        params["expected_version"] = version.expectedVersion.map { .int($0) }
        if !add.isEmpty || !remove.isEmpty { try await setMembers(&params, desk) }
        try desk.show(try await desk.change("group.update", .object(params), change), "group", "group.update")
    }

    /// The kernel takes the whole list; the version that it was read at keeps two people from undoing each other's change.
    private func setMembers(_ params: inout JSONObject, _ desk: Desk) async throws {
        let answer = try await desk.read("group.get", ["group": .id(group)])
        guard let found = answer["group"], let seen = found["version"]?.int else { throw Failure.badAnswer("group.get") }
        let gone = Set(remove.map(\.description))
        var members = (found["members"]?.array ?? []).compactMap(\.string).filter { !gone.contains($0) }
        for user in add.map(\.description) where !members.contains(user) { members.append(user) }
        params["members"] = .array(members.map { .string($0) })
        if params["expected_version"] == nil { params["expected_version"] = .int(seen) }
    }
}
