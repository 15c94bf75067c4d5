/// A language in which the page is there.
enum PageLanguage: String, CaseIterable, Sendable {
    case en, ru

    /// The language for a visitor: what the address asks for, else what the browser prefers, else `fallback`.
    /// - Parameters:
    ///   - asked: the value of `?lang=`.
    ///   - accepted: the browser's `Accept-Language`.
    static func chosen(asked: String?, accepted: String?, fallback: PageLanguage) -> PageLanguage {
        if let asked, let language = PageLanguage(rawValue: asked) { return language }
        var best: (language: PageLanguage, weight: Double)?
        for part in (accepted ?? "").split(separator: ",").prefix(20) {
            let pieces = part.split(separator: ";").map { $0.filter { $0 != " " } }
            guard let range = pieces.first, let language = PageLanguage(rawValue: String(range.prefix(2)).lowercased()),
                range.count == 2 || range.dropFirst(2).first == "-"
            else { continue }
            let weight = pieces.dropFirst().first { $0.hasPrefix("q=") }.map { Double($0.dropFirst(2)) ?? 0 } ?? 1
            if weight > 0, weight > best?.weight ?? 0 { best = (language, weight) }
        }
        return best?.language ?? fallback
    }
}
