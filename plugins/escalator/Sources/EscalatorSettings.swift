import OporaPluginKit

/// What the operator wants done: a ladder of steps for each reason to escalate.
struct EscalatorSettings: Hashable, Sendable {
    /// How long a ticket may stay untouched, and what happens then.
    struct Untouched: Hashable, Sendable {
        var minutes: Int64 = 240
        /// The calendar that tells working time; nil takes the desk's first one.
        var calendar: CalendarID?
        var steps: [StepKind] = [.assignLead, .note]
    }

    /// The longest time that a ticket may be left untouched by the settings: a year.
    static let minutesAtMost = 525_600

    var onWarning: [StepKind] = [.note]
    var onBreach: [StepKind] = [.raisePriority, .assignLead, .note]
    /// Nil where the operator switched the watch off.
    var untouched: Untouched? = Untouched()
    var language = NoteLanguage.en
    /// The zone in which notes tell the time.
    var zone = ZoneRules.utc

    init() {}

    init(_ config: Config) {
        onWarning = EscalatorSettings.ladder(config, "on_warning", onWarning)
        onBreach = EscalatorSettings.ladder(config, "on_breach", onBreach)
        language = config.choice("language", default: .en)
        let name = config.string("zone", default: SystemZones.localName())
        if let found = SystemZones().zone(name) { zone = found } else { config.reject("zone", "\"\(name)\" is no time zone") }
        var watch = Untouched()
        watch.steps = EscalatorSettings.ladder(config, "untouched.steps", watch.steps)
        if let id = config.string("untouched.calendar") {
            watch.calendar = CalendarID(id)
            if watch.calendar == nil { config.reject("untouched.calendar", "\"\(id)\" is no calendar's id; write it as C-1") }
        }
        let range = 0...EscalatorSettings.minutesAtMost
        watch.minutes = Int64(config.int("untouched.minutes", default: Int(watch.minutes), in: range))
        untouched = watch.minutes > 0 && !watch.steps.isEmpty ? watch : nil
    }

    /// Each step at most once, the note last: it says what the others have done.
    static func ordered(_ steps: [StepKind]) -> [StepKind] {
        StepKind.allCases.filter { steps.contains($0) }
    }

    private static func ladder(_ config: Config, _ path: String, _ fallback: [StepKind]) -> [StepKind] {
        let words = config.strings(path, default: fallback.map(\.rawValue))
        let steps = words.compactMap { word in
            let step = StepKind(rawValue: word)
            if step == nil {
                let known = StepKind.allCases.map(\.rawValue).joined(separator: ", ")
                config.reject(path, "\"\(word)\" is none of \(known)")
            }
            return step
        }
        return ordered(steps)
    }
}
