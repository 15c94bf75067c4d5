import ArgumentParser
import OporaPluginKit

/// `opora calendar`: business calendars.
struct CalendarCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "calendar", abstract: .both("Work with business calendars.", ru: "Календари рабочего времени."),
        subcommands: [CalendarCreate.self, CalendarList.self, CalendarShow.self, CalendarDue.self, CalendarWorked.self])
}

/// `opora calendar create`.
struct CalendarCreate: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: .both("Create a business calendar and print its id.", ru: "Создать календарь и напечатать номер."),
        discussion: .both(
            "opora calendar create Office --zone Europe/Moscow --hours mon-fri=09:00-13:00,14:00-18:00 --holiday 2026-01-01",
            ru: "opora calendar create Офис --zone Europe/Moscow --hours mon-fri=09:00-13:00,14:00-18:00 --holiday 2026-01-01"))

    @Argument(help: .both("Its name.", ru: "Название.")) var name: String
    @Option(help: .both("Its time zone, e.g. Europe/Moscow.", ru: "Часовой пояс, например Europe/Moscow.", valueName: "zone"))
    var zone: String
    @Option(
        help: .both(
            "Opening hours of weekdays; may be repeated. Days: mon tue wed thu fri sat sun, ranges, all.",
            ru: "Часы работы по дням недели; можно повторять. Дни: mon tue wed thu fri sat sun, диапазоны, all.",
            valueName: "days=from-to,…"))
    var hours: [WeeklyHoursArgument] = []
    @Option(
        name: .customLong("holiday"), parsing: .upToNextOption,
        help: .both("Closed on this day.", ru: "В этот день закрыто.", valueName: "yyyy-mm-dd"))
    var holidays: [String] = []
    @Option(
        name: .customLong("holiday-yearly"), parsing: .upToNextOption,
        help: .both("Closed on this day of every year.", ru: "В этот день каждого года закрыто.", valueName: "mm-dd"))
    var yearly: [String] = []
    @Option(
        name: .customLong("override"),
        help: .both(
            "Other hours on this day; none after = means closed.", ru: "Другие часы в этот день; пусто после = — закрыто.",
            valueName: "date=from-to,…"))
    var overrides: [DatedHoursArgument] = []
    @Option(
        name: .customLong("break"),
        help: .both("Closed meanwhile on this day.", ru: "Перерыв в этот день.", valueName: "date=from-to,…"))
    var breaks: [DatedHoursArgument] = []
    @Flag(help: .both("Open day and night, but on holidays.", ru: "Круглосуточно, кроме праздников.")) var alwaysOpen = false
    @OptionGroup var change: ChangeOptions
    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard alwaysOpen || !hours.isEmpty || !overrides.isEmpty else {
            throw ValidationError(.both("say --hours or --always-open", ru: "укажите --hours или --always-open"))
        }
    }

    func run(_ desk: Desk) async throws {
        func days(_ texts: [String]) -> JSON? { texts.isEmpty ? nil : .array(texts.map { .string($0) }) }
        let params: JSON = [
            "name": .string(name), "zone": .string(zone), "hours": WeeklyHoursArgument.json(hours), "holidays": days(holidays),
            "holidays_yearly": days(yearly), "overrides": DatedHoursArgument.json(overrides),
            "breaks": DatedHoursArgument.json(breaks),
            "always_open": alwaysOpen ? true : nil,
        ]
        try await desk.create("calendar", params, change)
    }
}

/// `opora calendar list`.
struct CalendarList: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: .both("List business calendars.", ru: "Список календарей."))

    @OptionGroup var list: ListOptions
    @OptionGroup var common: CommonOptions

    func run(_ desk: Desk) async throws {
        let page = try await desk.list("calendar.list", [:], list)
        if desk.output.json { return desk.output.data(page.json) }
        desk.output.table(
            [
                (en: "id", ru: "номер"), (en: "name", ru: "название"), (en: "zone", ru: "часовой пояс"), (en: "days", ru: "дни"),
                (en: "holidays", ru: "праздников"),
            ],
            page.items.map { calendar in
                let isOpen = calendar["always_open"]?.bool == true
                let days = isOpen ? desk.output.say("always open", ru: "круглосуточно") : days(calendar["hours"])
                let holidays = (calendar["holidays"]?.array?.count ?? 0) + (calendar["holidays_yearly"]?.array?.count ?? 0)
                return [
                    Cell(calendar["id"]?.string ?? "?", .strong), Cell(calendar["name"]?.string ?? ""),
                    Cell(calendar["zone"]?.string ?? ""), Cell(days), .figure("\(holidays)"),
                ]
            })
        desk.remark(page, nothing: Bilingual("There is no calendar.", ru: "Календарей нет."))
    }

    private func days(_ hours: JSON?) -> String {
        (hours?.object?.members ?? []).filter { $0.value.array?.isEmpty == false }.map(\.name).joined(separator: " ")
    }
}

/// `opora calendar show`.
struct CalendarShow: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: .both("Show a business calendar.", ru: "Показать календарь."))

    @Argument(help: .both("The calendar, e.g. C-1 or 1.", ru: "Календарь, например C-1 или 1.")) var calendar: CalendarID
    @OptionGroup var common: CommonOptions

    func run(_ desk: Desk) async throws {
        try desk.show(try await desk.read("calendar.get", ["calendar": .id(calendar)]), "calendar", "calendar.get")
    }
}

/// `opora calendar due`.
struct CalendarDue: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "due",
        abstract: .both("When so much working time will have passed.", ru: "Когда пройдёт столько рабочего времени."))

    @Argument(help: .both("The calendar.", ru: "Календарь.")) var calendar: CalendarID
    @Option(help: .both("From when on; now, where left out.", ru: "С какого момента; без него — с этого.", valueName: "time"))
    var start: String = "now"
    @Option(
        help: .both("How much working time, e.g. 4h30m.", ru: "Сколько рабочего времени, например 4h30m.", valueName: "duration"))
    var working: String
    @OptionGroup var common: CommonOptions

    func run(_ desk: Desk) async throws {
        guard let span = Spans.parse(working) else {
            throw Failure.usage(
                "--working: \"\(working)\" is no duration; write 4h, 30m or 1h30m",
                ru: "--working: «\(working)» — не длительность; пишите 4h, 30m или 1h30m")
        }
        let params: JSON = [
            "calendar": .id(calendar), "start": .string(try desk.instant(start, "--start").text), "working_ms": .int(span),
        ]
        let answer = try await desk.read("calendar.due", params)
        if desk.output.json { return desk.output.data(answer) }
        desk.output.line(desk.local(answer["due_at"]))
    }
}

/// `opora calendar worked`.
struct CalendarWorked: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "worked",
        abstract: .both("How much working time lies between two times.", ru: "Сколько рабочего времени между двумя моментами."))

    @Argument(help: .both("The calendar.", ru: "Календарь.")) var calendar: CalendarID
    @Option(help: .both("From.", ru: "С.", valueName: "time")) var start: String
    @Option(help: .both("To; now, where left out.", ru: "По; без него — по этот момент.", valueName: "time")) var end: String =
        "now"
    @OptionGroup var common: CommonOptions

    func run(_ desk: Desk) async throws {
        let params: JSON = [
            "calendar": .id(calendar), "start": .string(try desk.instant(start, "--start").text),
            "end": .string(try desk.instant(end, "--end").text),
        ]
        let answer = try await desk.read("calendar.worked", params)
        if desk.output.json { return desk.output.data(answer) }
        guard let worked = answer["worked_ms"]?.int else { throw Failure.badAnswer("calendar.worked") }
        desk.output.line(Spans.working(worked, desk.language))
    }
}
