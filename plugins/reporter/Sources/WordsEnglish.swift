import OporaPluginKit

extension Words {
    /// English.
    static let english = Words(
        title: "Morning report", yesterday: "Yesterday", lastDays: "Last 7 days",
        empty: "There are no tickets yet, so there is nothing to report.", nothing: "none", noValue: "(none)",
        created: "Created", solved: "Solved", closed: "Closed", reopened: "Reopened",
        resolutionMedian: "Resolution, median", resolution90: "Resolution, 90 % within",
        csat: "CSAT (answers)", warnings: "SLA warnings",
        chart: "Created and solved by day", backlog: "Backlog now", age: "Age of the backlog", oldest: "Oldest",
        sla: "SLA, last 7 days", met: "Met", breached: "Breached", compliance: "Compliance",
        noTargets: "no target ended", breachedLastDay: "Breached in the last 24 hours", more: "and more:",
        bottleneck: "Bottleneck, last 7 days", byGroup: "By group, created in the last 7 days",
        byPriority: "By priority, created in the last 7 days",
        statuses: [
            .new: "new", .open: "open", .pending: "pending", .onHold: "on hold", .solved: "solved", .closed: "closed",
        ],
        priorities: [.low: "low", .normal: "normal", .high: "high", .urgent: "urgent"],
        targets: [
            .firstResponse: "first response", .nextResponse: "next response", .periodicUpdate: "periodic update",
            .resolution: "resolution", .tierTime: "time in a group",
        ],
        ages: [
            .day: "under 1 day", .threeDays: "1–3 days", .week: "3–7 days", .month: "7–30 days", .older: "over 30 days",
        ],
        weekdays: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
        weekdaysShort: ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
        months: [
            "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
            "December",
        ],
        monthsShort: ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
        day: "d", hour: "h", minute: "min", space: " ", decimalMark: ".", percent: "%",
        hoursTotal: "h in all", ticketsAtATime: "tickets at a time on average", yearSuffix: "")
}
