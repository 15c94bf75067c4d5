import OporaProtocol

/// Rows for what is done to tickets besides answering, and for what a desk decides for itself.
extension MethodRights {
    static let work: [String: MethodRight] = [
        "ticket.wait": MethodRight(staff, ticket),
        "ticket.set_type": MethodRight(staff, ticket),
        "ticket.set_fields": MethodRight(staff, ticket),
        "ticket.set_tags": MethodRight(staff, ticket),
        "ticket.add_tags": MethodRight(staff, ticket),
        "ticket.remove_tags": MethodRight(staff, ticket),
        "ticket.follow": MethodRight(staff, ticket),
        "ticket.unfollow": MethodRight(staff, ticket),
        "ticket.claim": MethodRight(staff, ticket),
        "ticket.release": MethodRight(staff, ticket),
        "ticket.hand_over": MethodRight(staff, ticket),
        "ticket.publish_note": MethodRight(staff, .sight),
        "ticket.link": MethodRight(staff, .tickets(["ticket", "to"])),
        "ticket.unlink": MethodRight(staff, .tickets(["ticket", "to"])),
        "ticket.links": MethodRight(staff, ticket),
        "ticket.merge": MethodRight(staff, .tickets(["ticket", "into"])),
        "ticket.unmerge": MethodRight(staff, ticket),
        "ticket.split": MethodRight(staff, ticket),
        "ticket.stuck": MethodRight(staff, .sight),
        "ticket.delete": MethodRight(leads, ticket),
        "ticket.restore": MethodRight(leads, ticket),
        "desk.get": MethodRight(staff, .apart),
        "desk.set": MethodRight(admins, .apart),
        "status.list": MethodRight(staff, .apart),
        "status.create": MethodRight(admins, .apart),
        "status.update": MethodRight(admins, .apart),
        "status.retire": MethodRight(admins, .apart),
        "field.list": MethodRight(staff, .apart),
        "field.create": MethodRight(admins, .apart),
        "field.update": MethodRight(admins, .apart),
        "field.retire": MethodRight(admins, .apart),
    ]
}
