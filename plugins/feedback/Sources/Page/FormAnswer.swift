/// What the form sent, as far as it can be used.
struct FormAnswer: Hashable, Sendable {
    /// Unicode scalars of a comment at most; a longer one is sent back to be shortened.
    static let commentCharacters = 4000
    /// Bytes of a form's body at most. A character outside Latin takes 6 to 12 bytes as browsers encode it, so that a
    /// full comment in Russian alone has 24,000.
    static let bodyBytes = 64 * 1024

    /// 1 to 5, or nil where none was chosen.
    var score: Int64?
    /// Nil where nothing was written.
    var comment: String?

    /// Why a form can't be taken.
    enum Problem: Hashable, Sendable {
        case scoreMissing, commentTooLong
    }

    init() {}

    /// Reads `application/x-www-form-urlencoded`; of fields that are there twice the first counts.
    init(body: some Collection<UInt8>) {
        for pair in body.split(separator: UInt8(ascii: "&")) {
            let parts = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2 else { continue }
            let value = FormAnswer.decoded(parts[1])
            switch FormAnswer.decoded(parts[0]) {
            case "score": score = score ?? Int64(value).flatMap { (1...5).contains($0) ? $0 : nil }
            case "comment": comment = comment ?? FormAnswer.cleaned(value)
            default: continue
            }
        }
    }

    var problem: Problem? {
        if score == nil { return .scoreMissing }
        return comment?.unicodeScalars.count ?? 0 > FormAnswer.commentCharacters ? .commentTooLong : nil
    }

    private static func decoded(_ bytes: some Collection<UInt8>) -> String {
        var out: [UInt8] = []
        var rest = bytes.makeIterator()
        while let byte = rest.next() {
            switch byte {
            case UInt8(ascii: "+"): out.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                guard let high = rest.next().flatMap(digit), let low = rest.next().flatMap(digit) else { continue }
                out.append(high << 4 | low)
            default: out.append(byte)
            }
        }
        return String(decoding: out, as: UTF8.self)
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x37
        case 0x61...0x66: byte - 0x57
        default: nil
        }
    }

    /// Lines end in one way, control characters are gone, and so is the space around; nil where nothing is left.
    private static func cleaned(_ text: String) -> String? {
        var out = String.UnicodeScalarView()
        for scalar in text.unicodeScalars where scalar == "\n" || scalar == "\t" || !isControl(scalar) { out.append(scalar) }
        let isSpace: (Unicode.Scalar) -> Bool = { $0.properties.isWhitespace }
        guard let first = out.firstIndex(where: { !isSpace($0) }), let last = out.lastIndex(where: { !isSpace($0) }) else {
            return nil
        }
        return String(String.UnicodeScalarView(out[first...last]))
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 0x20 || (0x7f...0x9f).contains(scalar.value)
    }
}
