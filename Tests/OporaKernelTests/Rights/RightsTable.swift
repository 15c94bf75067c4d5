/// Who may call what, written down a second time: the code's own table must say the same.
///
/// A line for each method: the roles of people that have it (r requester, a agent, l lead, m manager, d admin, b bot), and what
/// limits it: tickets that parameters name, a list that is held back (sight), the person themselves, nothing (apart), or that the
/// whole desk must be in sight (desk).
enum RightsTable {
    static let lines = """
        attachment.begin        ralmdb   apart
        attachment.finish       ralmdb   apart
        attachment.get          ralmdb   sight
        attachment.put          ralmdb   apart
        auth.reload             d        desk
        auth.whoami             ralmdb   apart
        calendar.create         md       apart
        calendar.due            almdb    apart
        calendar.get            almdb    apart
        calendar.import_holidays md      apart
        calendar.list           almdb    apart
        calendar.update         md       apart
        calendar.worked         almdb    apart
        consumer.ack            d        desk
        consumer.delete         d        desk
        consumer.ensure         d        desk
        consumer.fetch          -        desk
        consumer.info           d        desk
        consumer.list           d        desk
        consumer.park           d        desk
        consumer.parked_drop    d        desk
        consumer.parked_list    d        desk
        consumer.parked_retry   d        desk
        consumer.pause          d        desk
        consumer.resume         d        desk
        consumer.seek           d        desk
        desk.get                almdb    apart
        desk.set                d        apart
        event.publish           ralmdb   tickets
        events.read             md       desk
        feedback.get            almdb    sight
        feedback.record         ralmdb   tickets
        field.create            d        apart
        field.list              almdb    apart
        field.retire            d        apart
        field.update            d        apart
        group.create            md       apart
        group.get               almdb    apart
        group.list              almdb    apart
        group.update            md       apart
        import.apply            d        desk
        kernel.health           md       desk
        kernel.stats            md       desk
        key.create              d        desk
        key.list                d        desk
        key.revoke              d        desk
        log.truncate            d        desk
        macro.create            lmd      apart
        macro.delete            lmd      apart
        macro.get               almdb    apart
        macro.list              almdb    apart
        macro.preview           almdb    tickets
        macro.update            lmd      apart
        message.get             ralmdb   sight
        message.list            ralmdb   tickets
        organization.create     almdb    apart
        organization.get        almdb    apart
        organization.list       almdb    apart
        organization.update     almdb    apart
        ping                    ralmdb   apart
        policy.create           md       apart
        policy.get              almdb    apart
        policy.list             almdb    apart
        policy.retire           md       apart
        policy.update           md       apart
        rpc.discover            ralmdb   apart
        search.rebuild          d        desk
        search.status           md       desk
        session.bye             ralmdb   apart
        session.hello           ralmdb   apart
        session.ping            ralmdb   apart
        sla.explain             almdb    tickets
        sla.preview             md       desk
        sla.simulate            md       desk
        sla.waive               lmd      tickets
        status.create           d        apart
        status.list             almdb    apart
        status.retire           d        apart
        status.update           d        apart
        ticket.add_tags         almdb    tickets
        ticket.apply_macro      almdb    tickets
        ticket.assign           almdb    tickets
        ticket.bulk_update      almdb    sight
        ticket.claim            almdb    tickets
        ticket.close            almdb    tickets
        ticket.count            ralmdb   sight
        ticket.create           ralmdb   apart
        ticket.delete           lmd      tickets
        ticket.follow           almdb    tickets
        ticket.get              ralmdb   tickets
        ticket.hand_over        almdb    tickets
        ticket.history          ralmdb   tickets
        ticket.link             almdb    tickets
        ticket.links            almdb    tickets
        ticket.list             ralmdb   sight
        ticket.merge            almdb    tickets
        ticket.note             almdb    tickets
        ticket.publish_note     almdb    sight
        ticket.release          almdb    tickets
        ticket.remove_tags      almdb    tickets
        ticket.reopen           ralmdb   tickets
        ticket.reply            ralmdb   tickets
        ticket.restore          lmd      tickets
        ticket.search           ralmdb   sight
        ticket.set_fields       almdb    tickets
        ticket.set_priority     almdb    tickets
        ticket.set_status       almdb    tickets
        ticket.set_tags         almdb    tickets
        ticket.set_type         almdb    tickets
        ticket.solve            ralmdb   tickets
        ticket.split            almdb    tickets
        ticket.stuck            almdb    sight
        ticket.unfollow         almdb    tickets
        ticket.unlink           almdb    tickets
        ticket.unmerge          almdb    tickets
        ticket.wait             almdb    tickets
        user.create             almdb    apart
        user.get                ralmdb   person
        user.list               almdb    apart
        user.update             almdb    apart
        view.count              almdb    sight
        view.create             almdb    apart
        view.delete             almdb    apart
        view.get                almdb    apart
        view.list               almdb    apart
        view.tickets            almdb    sight
        view.update             almdb    apart
        """

    struct Line {
        var method: String
        var roles: String
        var reach: String
    }

    static let all: [Line] = lines.split(separator: "\n").map { line in
        let words = line.split(separator: " ").map(String.init)
        return Line(method: words[0], roles: words[1], reach: words[2])
    }
}
