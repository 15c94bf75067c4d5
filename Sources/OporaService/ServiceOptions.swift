import FoundationEssentials

extension Config {
    /// Reads the file at `path`, or nothing where no path is given. A file that was named and can't be read is a problem.
    public convenience init(path: String?, environment: [String: String], flags: [String]) throws(ConfigProblems) {
        var text = ""
        if let path {
            guard let data = FileManager.default.contents(atPath: path), let read = String(data: data, encoding: .utf8) else {
                throw ConfigProblems([.init(place: path, message: "the file can't be read; check its name and its mode")])
            }
            text = read
        }
        try self.init(file: path ?? "configuration", yaml: text, environment: environment, flags: flags)
    }
}
