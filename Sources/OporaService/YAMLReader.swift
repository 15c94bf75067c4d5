import Yams

/// Flattens a YAML file to dotted paths, each with the line it stands on.
struct YAMLReader {
    let file: String
    var values: [String: Config.Value] = [:]
    var lists: [String: Int] = [:]
    var sections: [String: String] = [:]
    var flags: Set<String> = []
    var problems: [ConfigProblem] = []

    init(file: String) { self.file = file }

    mutating func read(_ text: String) {
        do {
            guard let root = try Yams.compose(yaml: text) else { return }
            guard case .mapping = root else {
                problems.append(.init(place: "\(file):1", message: "the file must hold settings as `name: value`"))
                return
            }
            flatten(root, path: "")
        } catch let error as YamlError {
            problems.append(.init(place: place(error), message: "this is not valid YAML: \(reason(error))"))
        } catch {
            problems.append(.init(place: file, message: "this is not valid YAML"))
        }
    }

    private mutating func flatten(_ node: Node, path: String) {
        let place = "\(file):\(node.mark?.line ?? 1)"
        switch node {
        case .mapping(let mapping):
            if !path.isEmpty { sections[path] = place }
            for (key, value) in mapping {
                guard let name = key.string else {
                    problems.append(.init(place: place, message: "names of settings are plain words"))
                    continue
                }
                flatten(value, path: path.isEmpty ? name : "\(path).\(name)")
            }
        case .sequence(let items):
            lists[path] = items.count
            sections[path] = place
            for (index, item) in items.enumerated() { flatten(item, path: "\(path).\(index)") }
        case .scalar(let scalar):
            if scalar.string.isEmpty && scalar.style == .plain { return }
            values[path] = Config.Value(text: scalar.string, place: place)
        case .alias: problems.append(.init(place: place, message: "aliases are not supported"))
        }
    }

    private func place(_ error: YamlError) -> String {
        switch error {
        case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _): "\(file):\(mark.line)"
        default: file
        }
    }

    private func reason(_ error: YamlError) -> String {
        switch error {
        case .scanner(_, let problem, _, _), .parser(_, let problem, _, _), .composer(_, let problem, _, _): problem
        case .duplicatedKeysInMapping(let duplicates, _): "\(duplicates) is there twice"
        default: "it can't be read"
        }
    }
}
