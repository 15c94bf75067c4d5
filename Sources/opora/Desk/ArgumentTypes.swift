public import ArgumentParser
public import OporaPluginKit

extension EntityID where Self: ExpressibleByArgument {
    /// An id on the command line: `T-12`, `t-12` and `12` name the same ticket.
    public init?(argument: String) {
        guard let id = Self(argument.uppercased()) ?? Self("\(Self.letter)-\(argument)") else { return nil }
        self = id
    }
}

extension TicketID: ExpressibleByArgument {}
extension UserID: ExpressibleByArgument {}
extension OrganizationID: ExpressibleByArgument {}
extension GroupID: ExpressibleByArgument {}
extension PolicyID: ExpressibleByArgument {}
extension CalendarID: ExpressibleByArgument {}
extension MessageID: ExpressibleByArgument {}

extension TicketStatus: ExpressibleByArgument {}
extension Priority: ExpressibleByArgument {}
extension TicketType: ExpressibleByArgument {}
extension Channel: ExpressibleByArgument {}
extension UserRole: ExpressibleByArgument {}
extension EventStream: ExpressibleByArgument {}
extension FieldKind: ExpressibleByArgument {}

/// `name=value` on the command line.
struct FieldArgument: ExpressibleByArgument, Hashable, Sendable {
    var name: String
    var value: JSON

    /// The value is a number, `true`, `false` or `null` where it reads as one, otherwise a text; quotes make it a text.
    init?(argument: String) {
        guard let split = argument.firstIndex(of: "="), split != argument.startIndex else { return nil }
        name = String(argument[..<split])
        let text = String(argument[argument.index(after: split)...])
        switch try? JSON(parsing: text) {
        case .some(.null): value = .null
        case .some(.bool(let flag)): value = .bool(flag)
        // `007` and `1e3` are texts: what was typed must be what is stored.
        case .some(.int(let number)) where "\(number)" == text: value = .int(number)
        case .some(.double(let number)) where "\(number)" == text: value = .double(number)
        case .some(.string(let quoted)): value = .string(quoted)
        default: value = .string(text)
        }
    }

    /// All of them as one object; the last of a name wins.
    static func object(_ fields: [FieldArgument]) -> JSON? {
        guard !fields.isEmpty else { return nil }
        var object = JSONObject()
        for field in fields { object[field.name] = field.value }
        return .object(object)
    }
}
