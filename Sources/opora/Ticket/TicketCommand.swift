import ArgumentParser
import OporaPluginKit

/// `opora ticket`: everything about tickets.
struct TicketCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ticket", abstract: .both("Work with tickets.", ru: "Обращения."),
        subcommands: [
            TicketCreate.self, TicketList.self, TicketShow.self, TicketHistory.self, TicketReply.self, TicketNote.self,
            TicketAssign.self, TicketPriority.self, TicketSetStatus.self, TicketSolve.self, TicketReopen.self, TicketClose.self,
            TicketWait.self, TicketSetType.self, TicketSetFields.self, TicketTag.self, TicketFollow.self, TicketUnfollow.self,
            TicketClaim.self, TicketRelease.self, TicketHandOver.self, TicketPublishNote.self, TicketLink.self,
            TicketUnlink.self, TicketLinks.self, TicketMerge.self, TicketUnmerge.self, TicketSplit.self, TicketDelete.self,
            TicketRestore.self, TicketStuck.self,
            TicketCount.self, TicketBulk.self,
        ])
}

/// Which ticket a command is about.
struct TicketArgument: ParsableArguments, Sendable {
    @Argument(help: .both("The ticket, e.g. T-12 or 12.", ru: "Обращение, например T-12 или 12."))
    var ticket: TicketID
}

/// `opora ticket create`.
struct TicketCreate: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: .both("Create a ticket and print its id.", ru: "Создать обращение и напечатать его номер."))

    @Argument(help: .both("What it is about, one line.", ru: "О чём оно, одной строкой."))
    var subject: String

    @Option(
        help: .both(
            "The opening message; - reads it from standard input.", ru: "Первое сообщение; - читает его со стандартного ввода."))
    var text: String?

    @Option(help: .both("Who needs help; left out, it is you.", ru: "Кому нужна помощь; без него — вам.", valueName: "user"))
    var requester: UserID?

    @Option(help: .both("The requester's organization.", ru: "Организация заявителя.", valueName: "organization"))
    var organization: OrganizationID?

    @Option(help: .both("Group that is responsible.", ru: "Ответственная группа.", valueName: "group"))
    var group: GroupID?

    @Option(help: .both("Agent who is responsible.", ru: "Ответственный сотрудник.", valueName: "user"))
    var assignee: UserID?

    @Option(help: .both("How pressing it is.", ru: "Насколько срочно."))
    var priority: Priority?

    @Option(help: .both("What kind it is.", ru: "Вид обращения."))
    var type: TicketType?

    @Option(help: .both("How it arrived.", ru: "Как поступило."))
    var channel: Channel?

    @Option(help: .both("The tier of the group, 1 to 3.", ru: "Линия поддержки, от 1 до 3.", valueName: "n"))
    var tier: Int64?

    @Option(
        name: .customLong("tag"), help: .both("A tag; may be repeated.", ru: "Метка; можно повторять.", valueName: "word"))
    var tags: [String] = []

    @Option(
        name: .customLong("field"),
        help: .both("A custom field; may be repeated.", ru: "Дополнительное поле; можно повторять.", valueName: "name=value"))
    var fields: [FieldArgument] = []

    @Option(help: .both("Its id in another system.", ru: "Номер в другой системе.", valueName: "text"))
    var externalID: String?

    @OptionGroup var files: AttachOptions
    @OptionGroup var change: ChangeOptions
    @OptionGroup var common: CommonOptions

    func run(_ desk: Desk) async throws {
        let text = try self.text.map { try TextInput.read($0, "--text") }
        let params: JSON = [
            "subject": .string(subject), "text": .optional(text), "requester": .id(requester), "organization": .id(organization),
            "group": .id(group), "assignee": .id(assignee), "priority": .word(priority), "type": .word(type),
            "channel": .word(channel), "tier": tier.map { .int($0) },
            "tags": tags.isEmpty ? nil : .array(tags.map { .string($0) }), "fields": FieldArgument.object(fields),
            "external_id": .optional(externalID),
            "attachments": try await files.send(desk, as: change.actor),
        ]
        let answer = try await desk.change("ticket.create", params, change)
        guard let id = answer["ticket"]?["id"]?.string else { throw Failure.badAnswer("ticket.create") }
        if desk.output.json { desk.output.data(answer) } else { desk.output.line(id) }
    }
}

extension JSON {
    /// An id, or nil for nil.
    static func id(_ id: (some EntityID)?) -> JSON? { id.map { .string($0.description) } }
    /// A word of the protocol, or nil for nil.
    static func word(_ word: (some RawRepresentable<String>)?) -> JSON? { word.map { .string($0.rawValue) } }
    /// Words of the protocol, or nil where there are none.
    static func words(_ words: [some RawRepresentable<String>]) -> JSON? {
        words.isEmpty ? nil : .array(words.map { .string($0.rawValue) })
    }
    /// Ids, or nil where there are none.
    static func ids(_ ids: [some EntityID]) -> JSON? { ids.isEmpty ? nil : .array(ids.map { .string($0.description) }) }
}
