import ArgumentParser
import OporaPluginKit

/// `opora consumer park`.
struct ConsumerPark: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "park",
        abstract: .both(
            "Set an event aside that a stopped plugin can't deal with.",
            ru: "Отложить событие, с которым не справляется остановленный плагин."),
        discussion: .both(
            "Everything before it counts as dealt with. The plugin can read again half a minute later.",
            ru: "Всё до него считается обработанным. Плагин сможет читать снова через полминуты."))

    @OptionGroup var consumer: ConsumerArgument
    @Argument(help: .both("Its position; left out, the next one.", ru: "Номер события; без него — следующее.", valueName: "seq"))
    var seq: Int64?
    @Option(help: .both("Why, for people.", ru: "Почему — для людей.", valueName: "text"))
    var reason = ""
    @Flag(help: .both("Even where others before it were not dealt with.", ru: "Даже если до него есть необработанные."))
    var yes = false
    @OptionGroup var change: ChangeOptions
    @OptionGroup var common: CommonOptions

    func run(_ desk: Desk) async throws {
        let most = seq == nil ? 1 : Int64(Limits.fetchEvents)
        let fetched = try await desk.read("consumer.fetch", ["name": .string(consumer.name), "max": .int(most)])
        let next = fetched["events"]?.array?.first?["seq"]?.int
        guard let parked = seq ?? next else {
            throw Failure.usage(
                "\(consumer.name) is given no event right now; name the one that you mean by its position",
                ru: "\(consumer.name) сейчас не отдаётся ни одного события; укажите номер того, которое нужно отложить")
        }
        if let next, next < parked, !yes {
            throw Failure.usage(
                "the next event is \(next): with \(parked) everything from there on counts as dealt with; add --yes if it is",
                ru: "следующее событие — \(next): с \(parked) всё начиная с него считается обработанным; если так, добавьте --yes"
            )
        }
        let answer = try await desk.change(
            "consumer.park",
            [
                "name": .string(consumer.name), "seq": .int(parked), "reason": .string(reason),
                "lease_token": fetched["lease_token"],
            ], change)
        if desk.output.json { return desk.output.data(answer) }
        desk.output.line(
            "\(consumer.name): event \(parked) is set aside", ru: "\(consumer.name): событие \(parked) отложено")
    }
}

/// `opora consumer parked`.
struct ConsumerParked: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "parked",
        abstract: .both("List the events that a consumer has set aside.", ru: "События, которые потребитель отложил."))

    @OptionGroup var consumer: ConsumerArgument
    @OptionGroup var options: ListOptions
    @OptionGroup var common: CommonOptions

    func run(_ desk: Desk) async throws {
        let page = try await desk.list("consumer.parked_list", ["name": .string(consumer.name)], options)
        if desk.output.json { return desk.output.data(page.json) }
        desk.output.table(
            [
                (en: "seq", ru: "номер"), (en: "event", ru: "событие"), (en: "about", ru: "о чём"),
                (en: "deliveries", ru: "попыток"), (en: "parked", ru: "отложено"), (en: "reason", ru: "причина"),
            ],
            page.items.map { item in
                let type = (item["event"]?["type"]?.string ?? "?").replacing("opora.", with: "").replacing(".v1", with: "")
                return [
                    .figure("\(item["seq"]?.int ?? 0)", .strong), Cell(type), Cell(item["event"]?["subject"]?.string ?? "—"),
                    .figure("\(item["deliveries"]?.int ?? 0)"), Cell(desk.local(item["parked_at"])),
                    Cell(item["reason"]?.string ?? "", .faint),
                ]
            })
        desk.remark(page, nothing: Bilingual("Nothing is set aside.", ru: "Ничего не отложено."))
    }
}

/// `opora consumer retry`.
struct ConsumerRetry: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "retry",
        abstract: .both("Hand events that were set aside out once more.", ru: "Отдать отложенные события ещё раз."),
        discussion: .both(
            "They stay set aside until the plugin, or `opora consumer drop`, says that they are done.",
            ru: "Они остаются отложенными, пока плагин или `opora consumer drop` не скажет, что они обработаны."))

    @OptionGroup var consumer: ConsumerArgument
    @Argument(help: .both("The position of one; left out, all.", ru: "Номер одного; без него — все.", valueName: "seq"))
    var seq: Int64?
    @OptionGroup var change: ChangeOptions
    @OptionGroup var common: CommonOptions

    func run(_ desk: Desk) async throws {
        let answer = try await desk.change(
            "consumer.parked_retry", ["name": .string(consumer.name), "seq": seq.map { .int($0) }], change)
        if desk.output.json { return desk.output.data(answer) }
        let count = desk.language.counted(
            answer["retried"]?.int ?? 0, ("event comes", "events come"),
            ru: ("событие придёт", "события придут", "событий придёт"))
        desk.output.line("\(count) once more", ru: "\(count) ещё раз")
    }
}

/// `opora consumer drop`.
struct ConsumerDrop: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "drop",
        abstract: .both("Forget events that were set aside.", ru: "Забыть отложенные события."))

    @OptionGroup var consumer: ConsumerArgument
    @Argument(help: .both("The position of one.", ru: "Номер одного.", valueName: "seq")) var seq: Int64?
    @Flag(help: .both("All of them.", ru: "Все.")) var all = false
    @OptionGroup var change: ChangeOptions
    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard (seq == nil) == all else {
            throw ValidationError(
                .both("name either a position or --all", ru: "укажите либо номер, либо --all"))
        }
    }

    func run(_ desk: Desk) async throws {
        let answer = try await desk.change(
            "consumer.parked_drop", ["name": .string(consumer.name), "seq": seq.map { .int($0) }], change)
        if desk.output.json { return desk.output.data(answer) }
        let count = desk.language.counted(
            answer["dropped"]?.int ?? 0, ("event is", "events are"), ru: ("событие забыто", "события забыты", "событий забыто"))
        desk.output.line("\(count) forgotten", ru: count)
    }
}
