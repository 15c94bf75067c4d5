import ArgumentParser
import OporaPluginKit

/// `opora organization`: the requesters' companies.
struct OrganizationCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "organization", abstract: .both("Work with organizations.", ru: "Организации."),
        subcommands: [OrganizationCreate.self, OrganizationList.self, OrganizationShow.self, OrganizationUpdate.self])
}

/// `opora organization create`.
struct OrganizationCreate: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: .both("Create an organization and print its id.", ru: "Создать организацию и напечатать номер."))

    @Argument(help: .both("Its name.", ru: "Название.")) var name: String
    @Option(help: .both("Id in another system.", ru: "Номер в другой системе.", valueName: "text")) var externalID: String?
    @OptionGroup var change: ChangeOptions
    @OptionGroup var common: CommonOptions

    func run(_ desk: Desk) async throws {
        try await desk.create("organization", ["name": .string(name), "external_id": .optional(externalID)], change)
    }
}

/// `opora organization list`.
struct OrganizationList: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: .both("List organizations.", ru: "Список организаций."))

    @Option(help: .both("With this name.", ru: "С этим названием.", valueName: "text")) var name: String?
    @Option(help: .both("With this id in another system.", ru: "С этим номером в другой системе.", valueName: "text"))
    var externalID: String?
    @OptionGroup var list: ListOptions
    @OptionGroup var common: CommonOptions

    func run(_ desk: Desk) async throws {
        let page = try await desk.list(
            "organization.list", ["name": .optional(name), "external_id": .optional(externalID)], list)
        if desk.output.json { return desk.output.data(page.json) }
        desk.output.table(
            [(en: "id", ru: "номер"), (en: "name", ru: "название"), (en: "external id", ru: "внешний номер")],
            page.items.map { item in
                [
                    Cell(item["id"]?.string ?? "?", .strong), Cell(item["name"]?.string ?? ""),
                    item["external_id"]?.string.map { Cell($0) } ?? .blank,
                ]
            })
        desk.remark(page, nothing: Bilingual("No such organizations.", ru: "Таких организаций нет."))
    }
}

/// `opora organization show`.
struct OrganizationShow: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: .both("Show an organization.", ru: "Показать организацию."))

    @Argument(help: .both("The organization, e.g. O-5 or 5.", ru: "Организация, например O-5 или 5.")) var organization:
        OrganizationID
    @OptionGroup var common: CommonOptions

    func run(_ desk: Desk) async throws {
        let answer = try await desk.read("organization.get", ["organization": .id(organization)])
        try desk.show(answer, "organization", "organization.get")
    }
}

/// `opora organization update`.
struct OrganizationUpdate: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "update", abstract: .both("Rename an organization.", ru: "Переименовать организацию."))

    @Argument(help: .both("The organization.", ru: "Организация.")) var organization: OrganizationID
    @Option(help: .both("Its new name.", ru: "Новое название.", valueName: "text")) var name: String
    @OptionGroup var version: VersionOption
    @OptionGroup var change: ChangeOptions
    @OptionGroup var common: CommonOptions

    func run(_ desk: Desk) async throws {
        let params: JSON = [
            "organization": .id(organization), "name": .string(name),
            "expected_version": version.expectedVersion.map { .int($0) },
        ]
        let answer = try await desk.change("organization.update", params, change)
        try desk.show(answer, "organization", "organization.update")
    }
}
