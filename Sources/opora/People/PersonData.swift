import ArgumentParser
import OporaPluginKit

/// `opora user export`.
struct UserExport: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: .both(
            "Print all that is kept of a user, one JSON object a line.",
            ru: "Напечатать всё, что хранится о пользователе: по объекту JSON в строке."))

    @Argument(help: .both("The user.", ru: "Пользователь.")) var user: UserID
    @OptionGroup var common: CommonOptions

    func run(_ desk: Desk) async throws {
        var cursor: String?
        repeat {
            let params: JSON = ["user": .id(user), "limit": .int(Int64(Limits.pageItems)), "cursor": .optional(cursor)]
            let answer = try await desk.read("person.export", params)
            guard let items = answer["items"]?.array else { throw Failure.badAnswer("person.export") }
            for item in items { desk.output.jsonLine(item) }
            cursor = answer["next_cursor"]?.string
        } while cursor != nil
    }
}

/// `opora user erase`.
struct UserErase: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "erase",
        abstract: .both(
            "Forget a user: name, address and what they wrote. It can't be taken back.",
            ru: "Забыть пользователя: имя, адрес и написанное им. Вернуть нельзя."))

    @Argument(help: .both("The user.", ru: "Пользователь.")) var user: UserID
    @Flag(help: .both("Also the subjects of their tickets.", ru: "А также темы их обращений.")) var subjects = false
    @Flag(help: .both("Yes, for good.", ru: "Да, навсегда.")) var yes = false
    @OptionGroup var change: ChangeOptions
    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard yes else {
            throw ValidationError(
                .both("this can't be taken back: say --yes, too", ru: "вернуть будет нельзя: добавьте --yes"))
        }
    }

    func run(_ desk: Desk) async throws {
        let params: JSON = ["user": .id(user), "subjects": .bool(subjects)]
        try desk.show(try await desk.change("person.erase", params, change), "user", "person.erase")
    }
}
