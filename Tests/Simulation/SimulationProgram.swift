import FoundationEssentials
import Glibc

/// `simulation [--steps N] [--seed S] [--plant KIND]`: exit status 1 and the seed where something was found.
@main
struct SimulationProgram {
    static func main() throws {
        var steps = 20_000
        var seed = UInt64.random(in: 0...UInt64(Int64.max))
        var kind: Plant.Kind?
        var words = CommandLine.arguments.dropFirst()
        while let flag = words.popFirst() {
            let value = words.popFirst() ?? ""
            switch flag {
            case "--steps": steps = Int(value) ?? steps
            case "--seed": seed = UInt64(value) ?? seed
            case "--plant": kind = Plant.Kind(rawValue: value)
            default:
                print("simulation [--steps N] [--seed S] [--plant \(Plant.Kind.allCases.map(\.rawValue).joined(separator: "|"))]")
                exit(64)
            }
        }

        let base = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : FileManager.default.temporaryDirectory.path
        let folder = "\(base)/opora-simulation-\(getpid())"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }

        let clock = ContinuousClock()
        let begin = clock.now
        print("seed \(seed), \(steps) steps\(kind.map { ", planted: \($0.rawValue)" } ?? "")")
        let world = try World(folder: folder, startMilliseconds: 1_795_420_800_000, plant: kind.map(Plant.init))
        var simulation = try Simulation(world: world, seed: seed)
        do {
            try simulation.run(steps: steps) { simulation in
                let tally = simulation.tally
                print("\(simulation.steps) steps: \(tally.done) done, \(tally.refused) refused, \(tally.crashes) crashes")
            }
            world.stop()
            let tally = simulation.tally
            print(
                """
                \(simulation.steps) steps in \(Int((clock.now - begin) / .seconds(1))) s without a finding: \(tally.done) done, \
                \(tally.refused) refused, \(tally.repeated) repeated, \(world.faults.struck) faults, \(tally.crashes) crashes, \
                \(tally.restarts) restarts
                """)
        } catch {
            print("\nafter \(simulation.steps) steps, seed \(seed): \(error)")
            try? FileManager.default.removeItem(atPath: folder)
            exit(1)
        }
    }
}
