import Synchronization

/// What becomes of the services while they are kept running, told to the person at the terminal.
struct UpNews: Sendable {
    let output: Output
    private let tally = Tally()

    /// One piece of it.
    enum Item: Hashable, Sendable {
        case died(DeskService, Child.Ending, tail: [String])
        case restarts(DeskService, milliseconds: Int)
        case staysDead(DeskService)
        case runsAgain(DeskService, pid: Int32)
        case notStarted(DeskService, String)
        /// For the same reason as the last time.
        case failedAgain(DeskService)
        case forced(DeskService, milliseconds: Int)
    }

    /// Services that had to be killed.
    private final class Tally: Sendable {
        let forced = Mutex<[DeskService]>([])
    }

    init(output: Output) { self.output = output }

    /// Services that did not stop by themselves.
    var forced: [DeskService] { tally.forced.withLock { $0 } }

    func say(_ item: Item) {
        switch item {
        case .died(let service, let ending, let tail):
            output.note(
                "\(service.name) ended: \(ending.text(.en))", ru: "\(service.name) завершился: \(ending.text(.ru))")
            for line in tail { output.note("  \(PlainText.line(line))", ru: "  \(PlainText.line(line))") }
        case .restarts(let service, let milliseconds):
            output.note(
                "\(service.name) starts again in \(milliseconds / 1000) s",
                ru: "\(service.name): новый запуск через \(milliseconds / 1000) с")
        case .staysDead(let service):
            output.note(
                "\(service.name) stays stopped (--no-restart)", ru: "\(service.name) остаётся остановленным (--no-restart)")
        case .runsAgain(let service, let pid):
            output.note("\(service.name) runs again, process \(pid)", ru: "\(service.name) снова работает, процесс \(pid)")
        case .notStarted(let service, let reason):
            output.note("\(service.name): \(reason)", ru: "\(service.name): не удалось запустить: \(reason)")
        case .failedAgain(let service):
            output.note("\(service.name) failed again in the same way", ru: "\(service.name): снова та же ошибка")
        case .forced(let service, let milliseconds):
            tally.forced.withLock { $0.append(service) }
            output.note(
                "\(service.name) did not stop within \(milliseconds / 1000) s and was killed",
                ru: "\(service.name) не остановился за \(milliseconds / 1000) с и был убит")
        }
    }
}

extension Child.Ending {
    /// For people.
    func text(_ language: Language) -> String {
        switch self {
        case .exited(ConfigExit.status): language.pick("its settings are wrong", ru: "неверные настройки")
        case .exited(let status): language.pick("exit status \(status)", ru: "код выхода \(status)")
        case .killed(let signal): language.pick("killed by signal \(signal)", ru: "убит сигналом \(signal)")
        }
    }
}
