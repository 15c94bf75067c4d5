public import ArgumentParser
public import Logging

/// The options that every plugin takes.
public struct PluginOptions: ParsableArguments, Sendable {
    @Option(help: "The kernel's runtime folder, which holds kernel.json.")
    public var runDir: String?

    @Option(help: "The plugin's own folder.")
    public var dataDir: String = "."

    @Option(help: "A YAML file with the plugin's settings.")
    public var config: String?

    @Option(name: .customLong("set"), help: "A setting as path=value; wins over file and environment.")
    public var settings: [String] = []

    @Option(help: "A file with this plugin's CURVE keys; without one the kernel knows it by its uid.")
    public var key: String?

    @Option(help: "trace, debug, info, notice, warning, error or critical.")
    public var logLevel: Logger.Level = .info

    public init() {}
}

extension Logger.Level: @retroactive ExpressibleByArgument {}
