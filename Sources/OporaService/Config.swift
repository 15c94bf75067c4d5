import Synchronization
import Yams

/// A configuration: one YAML file under the environment under flags; flags win.
///
/// Settings are asked for by dotted path (`smtp.port`). The environment names them `OPORA_SMTP_PORT`, a flag
/// `--set smtp.port=2525`. Wrong values are collected; `finish()` throws them all, with what was never asked for.
public final class Config: Sendable {
    struct Value: Sendable {
        var text: String
        var place: String
    }

    private struct State {
        var asked: Set<String> = []
        var problems: [ConfigProblem] = []
    }

    private let values: [String: Value]
    private let lists: [String: Int]
    private let sections: [String: String]
    private let environment: [String: String]
    private let state = Mutex(State())

    /// - Parameters:
    ///   - file: the name for messages.
    ///   - yaml: the file's text; empty where there is none.
    ///   - environment: all variables; only those that begin with `OPORA_` count.
    ///   - flags: `path=value`, as given to `--set`.
    public init(file: String, yaml: String, environment: [String: String], flags: [String]) throws(ConfigProblems) {
        var reader = YAMLReader(file: file)
        reader.read(yaml)
        for flag in flags {
            guard let split = flag.firstIndex(of: "="), split != flag.startIndex else {
                reader.problems.append(.init(place: "--set \(flag)", message: "write it as path=value"))
                continue
            }
            let path = String(flag[..<split])
            reader.values[path] = Value(text: String(flag[flag.index(after: split)...]), place: "--set \(path)")
            reader.flags.insert(path)
        }
        // A flag for a list takes the place of all its items in the file.
        values = reader.values.filter { path, _ in !reader.flags.contains { path.hasPrefix("\($0).") } }
        lists = reader.lists.filter { path, _ in !reader.flags.contains(path) }
        sections = reader.sections
        self.environment = environment.filter { name, _ in !reader.flags.contains { Config.variable($0) == name } }
        let problems = reader.problems
        state.withLock { $0.problems = problems }
    }

    static func variable(_ path: String) -> String {
        "OPORA_" + path.uppercased().map { $0 == "." || $0 == "-" ? "_" : String($0) }.joined()
    }

    private func value(_ path: String) -> Value? {
        state.withLock { _ = $0.asked.insert(path) }
        let name = Config.variable(path)
        if let text = environment[name] { return Value(text: text, place: "environment \(name)") }
        return values[path]
    }

    /// Notes a fault of a setting that the caller found.
    public func reject(_ path: String, _ message: String) {
        let place = value(path)?.place ?? sections[path] ?? path
        state.withLock { $0.problems.append(.init(place: place, message: "\(path): \(message)")) }
    }

    /// A text; nil where it is not set.
    public func string(_ path: String) -> String? { value(path)?.text }

    /// A text, or `fallback`.
    public func string(_ path: String, default fallback: String) -> String { value(path)?.text ?? fallback }

    /// A whole number in `range`, or `fallback`.
    public func int(_ path: String, default fallback: Int, in range: ClosedRange<Int>) -> Int {
        guard let value = value(path) else { return fallback }
        guard let number = Int(value.text), range.contains(number) else {
            reject(path, "\"\(value.text)\" is not a whole number from \(range.lowerBound) to \(range.upperBound)")
            return fallback
        }
        return number
    }

    /// `true`, `false`, `yes`, `no`, or `fallback`.
    public func bool(_ path: String, default fallback: Bool) -> Bool {
        guard let value = value(path) else { return fallback }
        switch value.text.lowercased() {
        case "true", "yes", "on": return true
        case "false", "no", "off": return false
        default:
            reject(path, "\"\(value.text)\" is neither true nor false")
            return fallback
        }
    }

    /// One of the words of an enum, or `fallback`.
    public func choice<T: RawRepresentable<String> & CaseIterable>(_ path: String, default fallback: T) -> T {
        guard let value = value(path) else { return fallback }
        guard let found = T(rawValue: value.text) else {
            let words = T.allCases.map(\.rawValue).joined(separator: ", ")
            reject(path, "\"\(value.text)\" is none of \(words)")
            return fallback
        }
        return found
    }

    /// A list of texts. A flag or variable gives it with commas.
    public func strings(_ path: String, default fallback: [String] = []) -> [String] {
        let items = (0..<(lists[path] ?? 0)).compactMap { string("\(path).\($0)") }
        guard let value = value(path) else { return lists[path] == nil ? fallback : items }
        return value.text.split(separator: ",").map { String($0.drop { $0 == " " }) }.filter { !$0.isEmpty }
    }

    /// How many items the list at `path` has; item `n` is asked for as `path.n`.
    public func count(_ path: String) -> Int {
        state.withLock { _ = $0.asked.insert(path) }
        return lists[path] ?? 0
    }

    /// The names of the members of the section at `path`.
    public func names(_ path: String) -> [String] {
        state.withLock { _ = $0.asked.insert(path) }
        let prefix = path + "."
        let inside = (Array(values.keys) + Array(lists.keys) + Array(sections.keys)).filter { $0.hasPrefix(prefix) }
        return Set(inside.map { String($0.dropFirst(prefix.count).prefix { $0 != "." }) }).sorted()
    }

    /// Throws all that was wrong, and every setting that nobody asked for: it is misspelt or belongs elsewhere.
    public func finish() throws(ConfigProblems) {
        let problems = state.withLock { state in
            var all = state.problems
            for (path, value) in values where !state.asked.contains(path) {
                all.append(.init(place: value.place, message: "\(path): there is no such setting"))
            }
            return all
        }
        guard problems.isEmpty else { throw ConfigProblems(problems.sorted { ($0.place, $0.message) < ($1.place, $1.message) }) }
    }
}
