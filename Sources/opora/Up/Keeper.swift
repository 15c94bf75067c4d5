import Glibc

/// Keeps one service of the desk running until it is told to stop.
struct Keeper: Sendable {
    /// A process that ran for so long did not die at its start.
    private static let startedMilliseconds = 1000

    var service: DeskService
    var spawn: Spawn
    /// False: what died stays dead.
    var restarts: Bool
    var news: UpNews

    /// Runs until the task is cancelled; then stops the service and returns when it is gone.
    /// - Parameter first: the process, where it runs already.
    func run(first: Child? = nil) async {
        let clock = ContinuousClock()
        var backoff = Backoff()
        var running = first
        var lastTrouble: UpNews.Item?
        while !Task.isCancelled {
            let start = clock.now
            var trouble: UpNews.Item
            do throws(SpawnError) {
                let logStart = LogTail.size(spawn.log ?? "")
                let child: Child
                if let first = running { child = first } else { child = try spawn.start() }
                running = nil
                if lastTrouble != nil, await child.ending.value(within: Self.startedMilliseconds) == nil {
                    news.say(.runsAgain(service, pid: child.pid))
                    lastTrouble = nil
                }
                guard let ending = await child.ending.value() else { return await stop(child) }
                trouble = .died(service, ending, tail: LogTail.read(spawn.log ?? "", after: logStart))
            } catch {
                trouble = .notStarted(service, "\(error)")
            }
            // The same words every half a minute would hide what else there is to see.
            news.say(trouble == lastTrouble ? .failedAgain(service) : trouble)
            lastTrouble = trouble
            guard restarts else { return news.say(.staysDead(service)) }
            let pause = backoff.pause(afterRunning: Int((clock.now - start) / .milliseconds(1)))
            news.say(.restarts(service, milliseconds: pause))
            try? await Task.sleep(for: .milliseconds(pause))
        }
    }

    private func stop(_ child: Child) async {
        if await !child.stop(within: service.stopMilliseconds) {
            news.say(.forced(service, milliseconds: service.stopMilliseconds))
        }
    }
}
