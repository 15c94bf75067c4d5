/// The version of libzmq that a peer says it has: `pyzmq 26.0 / libzmq 4.3.5`.
struct LibraryVersion: Comparable {
    /// Older ones have holes that were closed since.
    static let oldestSafe = LibraryVersion(parts: [4, 3, 3])

    private let parts: [Int]

    private init(parts: [Int]) { self.parts = parts }

    /// Nil where the text names no version of libzmq.
    init?(_ text: String) {
        let lower = text.lowercased()
        guard let name = lower.firstRange(of: "libzmq") else { return nil }
        let digits = lower[name.upperBound...].drop { $0 == " " || $0 == "/" || $0 == "-" || $0 == "v" }
            .prefix { $0.isASCII && $0.isNumber || $0 == "." }
        let parts = digits.split(separator: ".").compactMap { Int($0) }
        guard parts.count >= 2 else { return nil }
        self.parts = parts
    }

    static func < (a: LibraryVersion, b: LibraryVersion) -> Bool { a.parts.lexicographicallyPrecedes(b.parts) }
}
