/// An id with a type letter, as people and programs see it: `T-1042`.
public protocol EntityID: RawRepresentable<Int64>, Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The letter before the dash.
    static var letter: Character { get }
    init(rawValue: Int64)
}

extension EntityID {
    /// Reads `<letter>-<number>`; the number is positive and has no leading zero.
    public init?(_ text: some StringProtocol) { self.init(String(text)) }

    /// Reads `<letter>-<number>`; the number is positive and has no leading zero.
    public init?(_ text: String) {
        var copy = text
        let letter = Self.letter.asciiValue
        let number = copy.withUTF8 { bytes -> Int64? in
            // Eighteen digits always fit.
            guard (3...20).contains(bytes.count), bytes[0] == letter, bytes[1] == 0x2d, bytes[2] != 0x30 else { return nil }
            var number: Int64 = 0
            for byte in bytes[2...] {
                guard byte >= 0x30, byte <= 0x39 else { return nil }
                number = number * 10 + Int64(byte - 0x30)
            }
            return number
        }
        guard let number else { return nil }
        self.init(rawValue: number)
    }

    public var description: String {
        var text = String(Self.letter)
        text.append("-")
        text.append(String(rawValue))
        return text
    }
    public static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
}

/// A ticket: `T-1042`.
public struct TicketID: EntityID {
    public static let letter: Character = "T"
    public var rawValue: Int64
    public init(rawValue: Int64) { self.rawValue = rawValue }
}
/// A message: `M-88123`.
public struct MessageID: EntityID {
    public static let letter: Character = "M"
    public var rawValue: Int64
    public init(rawValue: Int64) { self.rawValue = rawValue }
}
/// A user: `U-7`.
public struct UserID: EntityID {
    public static let letter: Character = "U"
    public var rawValue: Int64
    public init(rawValue: Int64) { self.rawValue = rawValue }
}
/// An organization: `O-5`.
public struct OrganizationID: EntityID {
    public static let letter: Character = "O"
    public var rawValue: Int64
    public init(rawValue: Int64) { self.rawValue = rawValue }
}
/// A group: `G-3`.
public struct GroupID: EntityID {
    public static let letter: Character = "G"
    public var rawValue: Int64
    public init(rawValue: Int64) { self.rawValue = rawValue }
}
/// An SLA policy: `P-4`.
public struct PolicyID: EntityID {
    public static let letter: Character = "P"
    public var rawValue: Int64
    public init(rawValue: Int64) { self.rawValue = rawValue }
}
/// A saved view: `V-2`.
public struct ViewID: EntityID {
    public static let letter: Character = "V"
    public var rawValue: Int64
    public init(rawValue: Int64) { self.rawValue = rawValue }
}
/// A macro, which is a ready response: `R-4`.
public struct MacroID: EntityID {
    public static let letter: Character = "R"
    public var rawValue: Int64
    public init(rawValue: Int64) { self.rawValue = rawValue }
}
/// An attachment: `A-5`.
public struct AttachmentID: EntityID {
    public static let letter: Character = "A"
    public var rawValue: Int64
    public init(rawValue: Int64) { self.rawValue = rawValue }
}
/// A business calendar: `C-1`.
public struct CalendarID: EntityID {
    public static let letter: Character = "C"
    public var rawValue: Int64
    public init(rawValue: Int64) { self.rawValue = rawValue }
}
