// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
]

let log: Target.Dependency = .product(name: "Logging", package: "swift-log")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let sqlite: Target.Dependency = .product(name: "GRDBSQLite", package: "GRDB.swift")
let arguments: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let signals: Target.Dependency = .product(name: "UnixSignals", package: "swift-service-lifecycle")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")
let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")

/// A module of the system: `Sources/<name>`.
func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

/// The tests of one module: `Tests/<name>`.
func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(name: name, dependencies: dependencies, swiftSettings: strict)
}

/// A plugin: an executable that knows the kit and the kit's store, and its tests, in one folder.
func plugin(_ name: String, _ extra: [Target.Dependency] = []) -> [Target] {
    [
        .executableTarget(
            name: name, dependencies: ["OporaPluginKit", "OporaPluginStore", log] + extra,
            path: "plugins/\(name)/Sources", swiftSettings: strict),
        .testTarget(
            name: "\(name)Tests", dependencies: [.target(name: name), "OporaPluginKit", "OporaPluginStore"],
            path: "plugins/\(name)/Tests", swiftSettings: strict),
    ]
}

let package = Package(
    name: "opora",
    products: [
        .library(name: "OporaPluginKit", targets: ["OporaPluginKit"]),
        .library(name: "OporaPluginStore", targets: ["OporaPluginStore"]),
        .library(name: "OporaTestKit", targets: ["OporaTestKit"]),
        .executable(name: "oporad", targets: ["oporad"]),
        .executable(name: "opora", targets: ["opora"]),
    ],
    dependencies: [
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
    ],
    targets: [
        .systemLibrary(name: "CZeroMQ", providers: [.apt(["libzmq3-dev"])]),
        .systemLibrary(name: "CStemmer", providers: [.apt(["libstemmer-dev"])]),
        .systemLibrary(
            name: "CCurl", path: "plugins/notifier/CCurl", providers: [.apt(["libcurl4-openssl-dev"])]),

        module("OporaTime"),
        module("OporaThreads"),
        module("OporaService", [yams, log]),
        module("OporaProtocol", ["OporaTime"]),
        module("OporaDomain", ["OporaProtocol", "OporaTime"]),
        module("OporaStore", ["OporaDomain", "OporaProtocol", "OporaTime"]),
        module("OporaStoreSQLite", ["OporaStore", "OporaDomain", "OporaProtocol", "OporaTime", grdb, sqlite, "CStemmer"]),
        module("OporaBlobs", ["OporaStore", "OporaDomain", "OporaProtocol"]),
        module("OporaTransport", ["OporaProtocol", "OporaThreads", "CZeroMQ"]),
        module("OporaKernel", ["OporaProtocol", "OporaDomain", "OporaStore", "OporaTime", "OporaThreads", log]),
        module("OporaPluginKit", ["OporaProtocol", "OporaTime", "OporaService", "OporaTransport", arguments, log, signals]),
        module("OporaPluginStore", ["OporaPluginKit", grdb]),
        module("OporaTestKit", ["OporaPluginKit"]),
        .executableTarget(
            name: "oporad",
            dependencies: [
                "OporaKernel", "OporaStoreSQLite", "OporaBlobs", "OporaTransport", "OporaProtocol", "OporaDomain", "OporaStore",
                "OporaTime", "OporaThreads", "OporaService", arguments, log, signals,
            ],
            swiftSettings: strict),
        .executableTarget(
            name: "opora", dependencies: ["OporaPluginKit", arguments, log, signals], swiftSettings: strict),

        .executableTarget(
            name: "simulation",
            dependencies: [
                "OporaKernel", "OporaBlobs", "OporaStoreSQLite", "OporaStore", "OporaDomain", "OporaProtocol", "OporaTime",
                "OporaThreads", log,
            ],
            path: "Tests/Simulation", swiftSettings: strict),

        tests("OporaTimeTests", ["OporaTime"]),
        tests("OporaProtocolTests", ["OporaProtocol", "OporaTime"]),
        tests("OporaDomainTests", ["OporaDomain", "OporaProtocol", "OporaTime"]),
        tests("OporaStoreSQLiteTests", ["OporaStoreSQLite", "OporaStore", "OporaDomain", "OporaProtocol", "OporaTime"]),
        tests("OporaBlobsTests", ["OporaBlobs", "OporaStore", "OporaProtocol"]),
        tests("OporaServiceTests", ["OporaService"]),
        tests("OporaTransportTests", ["OporaTransport", "OporaProtocol", "CZeroMQ"]),
        tests(
            "OporaKernelTests",
            [
                "OporaThreads", log, "OporaKernel", "OporaStoreSQLite", "OporaBlobs", "OporaStore", "OporaDomain",
                "OporaProtocol", "OporaTime",
            ]),
        tests("OporaPluginKitTests", ["OporaPluginKit", "OporaTestKit", log, "oporad"]),
        tests("OporaPluginStoreTests", ["OporaPluginStore", "OporaPluginKit"]),
        tests("oporadTests", ["oporad", "OporaKernel", "OporaProtocol", "OporaService"]),
        tests("oporaTests", [.target(name: "opora"), "OporaPluginKit"]),
        tests("TidyTests", []),
    ] + plugin("notifier", ["CCurl"]) + plugin("escalator") + plugin("feedback", [hummingbird]) + plugin("reporter")
)
