import Glibc
import Testing

@testable import opora

@Suite("Processes that are started") struct ChildTests {
    private func start(_ words: String...) throws -> Child {
        try Spawn(program: "/bin/sh", arguments: ["-c"] + words, log: "/dev/null").start()
    }

    @Test(
        "How a process ended is known",
        arguments: [("exit 0", Child.Ending.exited(0)), ("exit 78", .exited(78)), ("kill -9 $$", .killed(signal: 9))])
    func endings(script: String, ending: Child.Ending) async throws {
        #expect(try await start(script).ending.value() == ending)
    }

    @Test("A process that listens stops when asked, one that does not is made to")
    func stop() async throws {
        #expect(try await start("exec sleep 600").stop(within: 10_000))
        let deaf = try start("trap '' TERM; echo; exec sleep 600")
        // Asked before the trap is set it would listen; either way it is gone afterwards.
        _ = await deaf.stop(within: 200)
        #expect(deaf.ending.known != nil)
    }

    @Test("A signal to a process that is gone reaches nobody")
    func late() async throws {
        let child = try start("exit 3")
        #expect(await child.ending.value() == .exited(3))
        child.send(SIGKILL)
        #expect(child.ending.known == .exited(3))
    }

    @Test("A program that is not there is told by name")
    func missing() {
        #expect(throws: SpawnError.self) { try Spawn(program: "/nowhere/oporad", arguments: [], log: nil).start() }
    }

    @Test("Whoever waits learns the value, or that the wait is over")
    func once() async {
        let once = Once<Int>()
        #expect(await once.value(within: 5) == nil)
        async let early = once.value()
        once.set(1)
        once.set(2)
        #expect(await early == 1)
        #expect(await once.value() == 1)
        #expect(await once.value(within: 5) == 1)
    }

    @Test("A cancelled wait is over, a limited one in a cancelled task is not")
    func cancelled() async {
        let once = Once<Int>()
        let results = await withTaskGroup(of: [Int?].self) { group in
            group.cancelAll()
            group.addTask { [await once.value(), await once.value(within: 5)] }
            return await group.next() ?? []
        }
        #expect(results == [nil, nil])
    }
}
