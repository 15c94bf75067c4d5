/// What is wrong with a text that should be JSON, and at which byte.
public struct JSONError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kinds of fault that a reader tells apart.
    public enum Fault: String, Sendable {
        case syntax, invalidUTF8 = "invalid_utf8", tooDeep = "too_deep", duplicateName = "duplicate_name", trailing
        case loneSurrogate = "lone_surrogate", numberTooLarge = "number_too_large"
    }
    public var fault: Fault
    /// Bytes from the start of the text.
    public var offset: Int

    public init(_ fault: Fault, at offset: Int) {
        self.fault = fault
        self.offset = offset
    }

    public var description: String {
        switch fault {
        case .syntax: "not valid JSON at byte \(offset)"
        case .invalidUTF8: "not valid UTF-8 at byte \(offset)"
        case .tooDeep: "nested deeper than \(Limits.jsonDepth) at byte \(offset)"
        case .duplicateName: "a member name appears twice in one object at byte \(offset)"
        case .trailing: "more text after the JSON value at byte \(offset)"
        case .loneSurrogate: "half of a surrogate pair at byte \(offset)"
        case .numberTooLarge: "a number out of range at byte \(offset)"
        }
    }
}
