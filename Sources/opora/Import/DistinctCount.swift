import OporaPluginKit

/// Counts different texts, exactly up to a limit, in memory that does not grow beyond it.
struct DistinctCount: Sendable {
    /// Texts that are told apart.
    static let most = 262_144

    private var hashes: Set<UInt64> = []
    /// There were more than `most`.
    private(set) var isFull = false

    var count: Int64 { Int64(hashes.count) }

    mutating func add(_ text: String) {
        if hashes.count < DistinctCount.most {
            hashes.insert(DistinctCount.hash(text))
        } else if !hashes.contains(DistinctCount.hash(text)) {
            isFull = true
        }
    }

    /// 64 bits of FNV-1a, mixed: among a quarter of a million texts two with the same are not to be expected.
    static func hash(_ text: String) -> UInt64 {
        var value: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in text.utf8 { value = (value ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
        value ^= value >> 33
        value = value &* 0xff51_afd7_ed55_8ccd
        return value ^ value >> 33
    }

    /// The number, with a sign where there were more.
    func text(_ language: Language) -> String {
        isFull ? language.pick("more than ", ru: "больше ") + language.number(count) : language.number(count)
    }
}

/// How often each of a few words was seen; beyond a limit the rest is counted together.
struct WordCount: Hashable, Sendable {
    /// Words that are counted by themselves.
    static let most = 100

    private(set) var counts: [String: Int64] = [:]
    /// Everything beyond `most` words.
    private(set) var others: Int64 = 0

    mutating func add(_ word: String) {
        if counts[word] != nil || counts.count < WordCount.most { counts[word, default: 0] += 1 } else { others += 1 }
    }

    /// Most frequent first.
    var sorted: [(word: String, count: Int64)] {
        counts.map { (word: $0.key, count: $0.value) }.sorted { ($1.count, $0.word) < ($0.count, $1.word) }
            + (others > 0 ? [(word: "…", count: others)] : [])
    }

    var json: JSON { .object(JSONObject(sorted.map { ($0.word, .int($0.count)) })) }
}
