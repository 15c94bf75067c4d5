extension Schema {
    /// The indexes of lists. What agents look at all day is open, and open tickets are few, whatever the age of the desk: two
    /// indexes hold them alone, by group and assignee and by assignee. They take the place of two that held all tickets and
    /// moved at each change of status. The order of creation costs an append for each ticket; an organization's index holds
    /// only tickets that have one. Anything else goes along one of the orders, so many tickets at a time.
    static let lists = """
        DROP INDEX ticket_group;
        DROP INDEX ticket_assignee;
        CREATE INDEX ticket_open_group ON ticket(group_id, assignee_id) WHERE solved_at IS NULL AND closed_at IS NULL;
        CREATE INDEX ticket_open_assignee ON ticket(assignee_id)
            WHERE solved_at IS NULL AND closed_at IS NULL AND assignee_id IS NOT NULL;
        CREATE INDEX ticket_organization ON ticket(organization_id) WHERE organization_id IS NOT NULL;
        CREATE INDEX ticket_created ON ticket(created_at);
        """
}
