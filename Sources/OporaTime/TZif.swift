/// Reads time zone files in the format of RFC 8536 (TZif, versions 1 to 4).
public enum TZif {
    /// Transitions are computed from the file's rule for the future up to the end of this year.
    static let lastYear = 2100

    /// The rules in a zone file's bytes, or nil where they are not such a file.
    public static func parse(_ bytes: [UInt8], name: String) -> ZoneRules? {
        guard let first = Header(bytes, at: 0) else { return nil }
        guard first.version >= 0x32 else { return block(bytes, first, at: Header.size, wide: false, name: name)?.rules }
        let second = Header.size + first.dataSize(wide: false)
        guard let header = Header(bytes, at: second),
            let (rules, end) = block(bytes, header, at: second + Header.size, wide: true, name: name)
        else { return nil }
        guard end < bytes.count, bytes[end] == 0x0a, let close = bytes[(end + 1)...].firstIndex(of: 0x0a) else { return rules }
        let footer = String(decoding: bytes[(end + 1)..<close], as: UTF8.self)
        return extended(rules, by: footer)
    }

    private struct Header {
        static let size = 44
        var version: UInt8
        var isUTC, isStandard, leap, time, type, abbreviation: Int

        init?(_ bytes: [UInt8], at start: Int) {
            guard start >= 0, bytes.count >= start + Header.size,
                bytes[start..<start + 4].elementsEqual([0x54, 0x5a, 0x69, 0x66])
            else { return nil }
            version = bytes[start + 4]
            func count(_ index: Int) -> Int { Int(TZif.integer(bytes, start + 20 + index * 4, 4)) }
            (isUTC, isStandard, leap, time, type, abbreviation) = (count(0), count(1), count(2), count(3), count(4), count(5))
            let all = [isUTC, isStandard, leap, time, type, abbreviation]
            guard all.allSatisfy({ $0 >= 0 && $0 < 100_000 }), type > 0 else { return nil }
        }

        func dataSize(wide: Bool) -> Int {
            let word = wide ? 8 : 4
            return time * word + time + type * 6 + abbreviation + leap * (word + 4) + isStandard + isUTC
        }
    }

    private static func block(
        _ bytes: [UInt8], _ header: Header, at start: Int, wide: Bool, name: String
    ) -> (rules: ZoneRules, end: Int)? {
        let word = wide ? 8 : 4
        let end = start + header.dataSize(wide: wide)
        guard bytes.count >= end else { return nil }
        let indexes = start + header.time * word
        let types = indexes + header.time
        func offset(ofType type: Int) -> Int? {
            type < header.type ? Int(integer(bytes, types + type * 6, 4)) : nil
        }
        guard let initial = offset(ofType: 0) else { return nil }
        var transitions: [ZoneRules.Transition] = []
        for index in 0..<header.time {
            guard let offset = offset(ofType: Int(bytes[indexes + index])) else { return nil }
            transitions.append(.init(at: integer(bytes, start + index * word, word), offset: offset))
        }
        for pair in zip(transitions, transitions.dropFirst()) where pair.0.at >= pair.1.at { return nil }
        return (ZoneRules(name: name, initialOffset: initial, transitions: transitions), end)
    }

    private static func extended(_ rules: ZoneRules, by footer: String) -> ZoneRules? {
        if footer.isEmpty { return rules }
        guard let future = FutureRule(footer) else { return nil }
        var transitions = rules.transitions
        let last = transitions.last?.at ?? Int64.min
        let from = transitions.last.map { CivilDate(daysSinceEpoch: Int($0.at.dividedFloor(by: 86_400))).year } ?? 1970
        guard from <= lastYear else { return rules }
        for year in max(1900, from)...lastYear {
            for change in future.transitions(inYear: year) where change.at > last { transitions.append(change) }
        }
        return ZoneRules(
            name: rules.name, initialOffset: rules.transitions.isEmpty ? future.standardOffset : rules.initialOffset,
            transitions: transitions)
    }

    static func integer(_ bytes: [UInt8], _ start: Int, _ size: Int) -> Int64 {
        var value: UInt64 = 0
        for byte in bytes[start..<start + size] { value = value << 8 | UInt64(byte) }
        return size == 4 ? Int64(Int32(truncatingIfNeeded: value)) : Int64(bitPattern: value)
    }
}
