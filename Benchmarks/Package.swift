// swift-tools-version: 6.2
import PackageDescription

/// The programs of the benchmark: load, limits in plain C, and an echo through the kernel's own reactor.
///
/// A package of its own, so that nothing of it is built with the product. `OporaTransport`, `OporaThreads` and `CZeroMQ` are
/// links to the product's sources: the echo runs the very reactor that the kernel runs.

let zmq: [LinkerSetting] = [.linkedLibrary("zmq")]
let sqlite: [LinkerSetting] = [.linkedLibrary("sqlite3")]
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6), .enableUpcomingFeature("ExistentialAny"), .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

/// A program in C: `Sources/<name>`.
func program(_ name: String, _ libraries: [LinkerSetting] = []) -> Target {
    .executableTarget(
        name: name, dependencies: ["BenchSupport"], cSettings: [.define("_GNU_SOURCE"), .unsafeFlags(["-Wall", "-Wextra"])],
        linkerSettings: libraries)
}

let package = Package(
    name: "opora-benchmarks",
    products: [.library(name: "StatementRecorder", type: .dynamic, targets: ["StatementRecorder"])],
    targets: [
        .systemLibrary(name: "CZeroMQ", providers: [.apt(["libzmq3-dev"])]),
        .target(name: "OporaThreads", swiftSettings: strict),
        .target(name: "OporaTransport", dependencies: ["OporaThreads", "CZeroMQ"], swiftSettings: strict),
        .executableTarget(
            name: "reactor_echo", dependencies: ["OporaTransport"], path: "Sources/ReactorEcho", swiftSettings: strict),

        .target(name: "BenchSupport", cSettings: [.define("_GNU_SOURCE"), .unsafeFlags(["-Wall", "-Wextra"])]),
        .target(name: "StatementRecorder", cSettings: [.define("_GNU_SOURCE"), .unsafeFlags(["-Wall", "-Wextra"])]),
        program("loadgen", zmq),
        program("kernel_c", zmq + sqlite),
        program("sqlite_group", sqlite),
        program("fanout", zmq),
        program("redis_xadd"),
        program("fdatasync_probe"),
    ])
