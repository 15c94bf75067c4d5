import ArgumentParser
import OporaPluginKit

/// `opora user`: requesters, agents and robots.
struct UserCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "user", abstract: .both("Work with users.", ru: "Пользователи."),
        subcommands: [
            UserCreate.self, UserList.self, UserShow.self, UserUpdate.self, UserAway.self, UserBack.self, UserSkills.self,
            UserPick.self,
            UserExport.self, UserErase.self,
        ])
}

/// What is known of a user besides the name.
struct UserOptions: ParsableArguments, Sendable {
    @Option(help: .both("E-mail address.", ru: "Адрес почты.", valueName: "address"))
    var email: String?

    @Option(
        name: .customLong("role"), parsing: .upToNextOption,
        help: .both("What the user may be; several are possible.", ru: "Роль; можно несколько."))
    var roles: [String] = []

    @Option(help: .both("The user's organization.", ru: "Организация.", valueName: "organization"))
    var organization: OrganizationID?

    @Option(help: .both("The user's language, e.g. en or ru.", ru: "Язык пользователя, например ru.", valueName: "code"))
    var language: String?

    @Option(
        help: .both("The user's time zone, e.g. Europe/Moscow.", ru: "Часовой пояс, например Europe/Moscow.", valueName: "zone"))
    var zone: String?

    @Option(
        help: .both(
            "The connection whose person this is, e.g. owner.", ru: "Подключение, за которым стоит этот человек, например owner.",
            valueName: "identity"))
    var identity: String?

    var params: JSON {
        [
            "email": .optional(email), "roles": roles.isEmpty ? nil : .array(roles.map { .string($0) }),
            "organization": .id(organization), "language": .optional(language),
            "zone": .optional(zone), "identity": .optional(identity),
        ]
    }
}

/// `opora user create`.
struct UserCreate: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: .both("Create a user and print the id.", ru: "Создать пользователя и напечатать номер."))

    @Argument(help: .both("The user's name.", ru: "Имя.")) var name: String
    @OptionGroup var user: UserOptions
    @Option(help: .both("Id in another system.", ru: "Номер в другой системе.", valueName: "text")) var externalID: String?
    @OptionGroup var change: ChangeOptions
    @OptionGroup var common: CommonOptions

    func run(_ desk: Desk) async throws {
        var params = user.params.object ?? JSONObject()
        params["name"] = .string(name)
        params["external_id"] = .optional(externalID)
        try await desk.create("user", .object(params), change)
    }
}

/// `opora user list`.
struct UserList: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: .both("List users.", ru: "Список пользователей."))

    @Option(help: .both("Only this role.", ru: "Только эта роль.")) var role: String?
    @Option(help: .both("Only this organization's.", ru: "Только этой организации.", valueName: "organization"))
    var organization: OrganizationID?
    @Option(help: .both("With this address.", ru: "С этим адресом.", valueName: "address")) var email: String?
    @Option(help: .both("With this identity.", ru: "С этим подключением.", valueName: "identity")) var identity: String?
    @Option(help: .both("With this id in another system.", ru: "С этим номером в другой системе.", valueName: "text"))
    var externalID: String?
    @OptionGroup var list: ListOptions
    @OptionGroup var common: CommonOptions

    func run(_ desk: Desk) async throws {
        let params: JSON = [
            "role": .optional(role), "organization": .id(organization), "email": .optional(email),
            "identity": .optional(identity),
            "external_id": .optional(externalID),
        ]
        let page = try await desk.list("user.list", params, list)
        if desk.output.json { return desk.output.data(page.json) }
        desk.output.table(
            [
                (en: "id", ru: "номер"), (en: "name", ru: "имя"), (en: "roles", ru: "роли"), (en: "e-mail", ru: "почта"),
                (en: "organization", ru: "организация"), (en: "active", ru: "действует"),
            ],
            page.items.map { user in
                let isActive = user["active"]?.bool ?? true
                return [
                    Cell(user["id"]?.string ?? "?", .strong), Cell(user["name"]?.string ?? ""),
                    Cell((user["roles"]?.array ?? []).compactMap(\.string).joined(separator: ", ")),
                    user["email"]?.string.map { Cell($0) } ?? .blank, user["organization"]?.string.map { Cell($0) } ?? .blank,
                    isActive ? Cell(desk.output.say("yes", ru: "да")) : Cell(desk.output.say("no", ru: "нет"), .warning),
                ]
            })
        desk.remark(page, nothing: Bilingual("No such users.", ru: "Таких пользователей нет."))
    }
}

/// `opora user show`.
struct UserShow: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: .both("Show a user.", ru: "Показать пользователя."))

    @Argument(help: .both("The user, e.g. U-7 or 7.", ru: "Пользователь, например U-7 или 7.")) var user: UserID
    @OptionGroup var common: CommonOptions

    func run(_ desk: Desk) async throws {
        try desk.show(try await desk.read("user.get", ["user": .id(user)]), "user", "user.get")
    }
}

/// `opora user update`.
struct UserUpdate: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "update",
        abstract: .both("Change a user; what you leave out stays.", ru: "Изменить пользователя; что не указано, остаётся."))

    @Argument(help: .both("The user.", ru: "Пользователь.")) var user: UserID
    @Option(help: .both("Name.", ru: "Имя.", valueName: "text")) var name: String?
    @OptionGroup var options: UserOptions
    @Flag(
        inversion: .prefixedNo,
        help: .both("Whether the user takes part; nobody is ever deleted.", ru: "Участвует ли; пользователи не удаляются."))
    var active: Bool?
    @OptionGroup var version: VersionOption
    @OptionGroup var change: ChangeOptions
    @OptionGroup var common: CommonOptions

    func run(_ desk: Desk) async throws {
        var params = options.params.object ?? JSONObject()
        params["name"] = .optional(name)
        params["active"] = active.map { .bool($0) }
        guard !params.members.isEmpty else { throw Failure.usage("nothing to change was given", ru: "не сказано, что изменить") }
        params["user"] = .id(user)
        params["expected_version"] = version.expectedVersion.map { .int($0) }
        try desk.show(try await desk.change("user.update", .object(params), change), "user", "user.update")
    }
}
