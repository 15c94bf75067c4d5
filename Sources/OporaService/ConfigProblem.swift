/// One wrong setting: where it stands, what is wrong, what to do.
public struct ConfigProblem: Error, Hashable, Sendable, CustomStringConvertible {
    /// `opora.yaml:12`, `environment OPORA_LOG_LEVEL` or `--set log.level`.
    public var place: String
    public var message: String

    public init(place: String, message: String) {
        self.place = place
        self.message = message
    }

    public var description: String { "\(place): \(message)" }
}

/// Everything wrong with a configuration, found in one go.
public struct ConfigProblems: Error, Sendable, CustomStringConvertible {
    public var problems: [ConfigProblem]

    public init(_ problems: [ConfigProblem]) { self.problems = problems }

    public var description: String {
        (["the configuration has \(problems.count) problem\(problems.count == 1 ? "" : "s"):"]
            + problems.map { "  \($0)" }).joined(separator: "\n")
    }
}
