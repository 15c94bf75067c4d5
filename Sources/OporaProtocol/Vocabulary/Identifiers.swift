/// An id with a type letter, as people and programs see it: `T-1042`.
public protocol EntityID: RawRepresentable<Int64>, Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The letter before the dash.
    static var letter: Character { get }
    init(rawValue: Int64)
}

extension EntityID {
    /// Reads `<letter>-<number>`; the number is positive and has no leading zero.
    public init?(_ text: some StringProtocol) {
        guard text.first == Self.letter, text.dropFirst().first == "-" else { return nil }
        let digits = text.dropFirst(2)
        guard !digits.isEmpty, digits.utf8.count <= 18, digits.utf8.first != 0x30,
            digits.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }), let number = Int64(digits)
        else { return nil }
        self.init(rawValue: number)
    }

    public var description: String { "\(Self.letter)-\(rawValue)" }
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
