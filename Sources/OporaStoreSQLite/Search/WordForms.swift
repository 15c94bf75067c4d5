import CStemmer

/// Brings the forms of a word together: Russian for Cyrillic words, English for Latin ones, by Snowball, with corrections where
/// Snowball keeps apart what people who search mean as one. Lives on one thread.
final class WordForms {
    private let russian: OpaquePointer?
    private let english: OpaquePointer?

    init() {
        russian = sb_stemmer_new("russian", "UTF_8")
        english = sb_stemmer_new("english", "UTF_8")
    }

    deinit {
        sb_stemmer_delete(russian)
        sb_stemmer_delete(english)
    }

    /// The stem of a folded word; nil where it is the word itself, or the word is neither Cyrillic nor Latin letters alone.
    func stem(_ word: ArraySlice<UInt8>) -> [UInt8]? {
        let stem: [UInt8]
        switch Script(word) {
        case .cyrillic: stem = RussianStems.corrected(word) ?? RussianStems.withoutFleetingVowel(snowball(russian, word))
        case .latin: stem = snowball(english, word)
        case .other: return nil
        }
        return stem[...] == word || stem.isEmpty ? nil : stem
    }

    private func snowball(_ stemmer: OpaquePointer?, _ word: ArraySlice<UInt8>) -> [UInt8] {
        word.withUnsafeBufferPointer { bytes in
            guard let start = sb_stemmer_stem(stemmer, bytes.baseAddress, Int32(bytes.count)) else { return Array(word) }
            return Array(UnsafeBufferPointer(start: start, count: Int(sb_stemmer_length(stemmer))))
        }
    }

    /// The letters that a word is made of.
    private enum Script {
        case cyrillic, latin, other

        init(_ word: ArraySlice<UInt8>) {
            var latin = true
            var cyrillic = true
            for byte in word {
                switch byte {
                case 0x61...0x7a: cyrillic = false
                // U+0400 to U+04FF: a lead byte of D0 to D3, and what follows it.
                case 0xd0...0xd3, 0x80...0xbf: latin = false
                default:
                    self = .other
                    return
                }
            }
            self = latin ? .latin : cyrillic ? .cyrillic : .other
        }
    }
}
