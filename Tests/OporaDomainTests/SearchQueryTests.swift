import OporaDomain
import OporaProtocol
import OporaTime
import Testing

@Suite("What is typed into a search box")
struct SearchQueryTests {
    @Test(
        "Words, phrases, beginnings, what is left out",
        arguments: [
            ("printer jam", [SearchTerm(.word, "printer"), SearchTerm(.word, "jam")]),
            ("\"paper jam\" -hp", [SearchTerm(.phrase, "paper jam"), SearchTerm(.word, "hp", isExcluded: true)]),
            ("«замятие бумаги» печат*", [SearchTerm(.phrase, "замятие бумаги"), SearchTerm(.prefix, "печат")]),
            ("“open quote", [SearchTerm(.phrase, "open quote")]), ("a\"b\"", [SearchTerm(.word, "a"), SearchTerm(.phrase, "b")]),
            (
                "subject:счёт text:\"не оплачен\"",
                [SearchTerm(.word, "счёт", part: .subject), SearchTerm(.phrase, "не оплачен", part: .text)]
            ),
            ("T-1042", [SearchTerm(.word, "T-1042")]), ("http://example.org/x:y", [SearchTerm(.word, "http://example.org/x:y")]),
            ("error: 500 - !!! *", [SearchTerm(.word, "error:"), SearchTerm(.word, "500")]),
            ("-\"left out\" x -", [SearchTerm(.phrase, "left out", isExcluded: true), SearchTerm(.word, "x")]),
            ("status: x", [SearchTerm(.word, "status:"), SearchTerm(.word, "x")]),
        ] as [(String, [SearchTerm])])
    func terms(text: String, expected: [SearchTerm]) throws {
        let query = try SearchQuery(parsing: text)
        #expect(query.terms == expected && query.filter == TicketFilter())
    }

    private static let day = Timestamp(1_795_305_600_000)

    @Test(
        "Filters",
        arguments: [
            ("status:open,pending", .status([.open, .pending])), ("STATUS:New", .status([.new])),
            ("priority:urgent", .priority([.urgent])),
            ("type:incident", .type([.incident])), ("channel:email,api", .channel([.email, .api])),
            ("group:g-3", .group(GroupID(rawValue: 3))),
            ("group:none", .group(nil)), ("assignee:none", .assignee(nil)), ("assignee:U-7", .assignee(UserID(rawValue: 7))),
            ("requester:U-1", .requester(UserID(rawValue: 1))), ("organization:O-2", .organization(OrganizationID(rawValue: 2))),
            ("tag:VIP", .tag("vip")), ("created:2026-11-22", .created(TimeSpan(from: day, before: day + 86_400_000))),
            ("created:>2026-11-22", .created(TimeSpan(from: day + 86_400_000))),
            ("created:>=2026-11-22", .created(TimeSpan(from: day))),
            ("updated:<2026-11-22", .updated(TimeSpan(before: day))),
            ("updated:<=2026-11-22", .updated(TimeSpan(before: day + 86_400_000))),
            ("created:2026-11-22..2026-11-23", .created(TimeSpan(from: day, before: day + 2 * 86_400_000))),
            ("created:..2026-11-22", .created(TimeSpan(before: day + 86_400_000))),
            ("created:2026-11-22T00:00:00Z..", .created(TimeSpan(from: day))),
        ] as [(String, TicketCondition)])
    func filters(text: String, expected: TicketCondition) throws {
        let query = try SearchQuery(parsing: "x \(text)")
        #expect(query.filter.conditions == [expected] && query.terms == [SearchTerm(.word, "x")])
    }

    @Test(
        "What makes no sense is refused as the query's fault",
        arguments: [
            "", "   ", "-x", "!!!", "status:open", "status:lost x", "status:open, x", "group:7 x", "group:T-1 x", "ab* x",
            "created:soon x",
            "created:2026-02-30 x", "created:.. x", "updated:>x y", "assignee:me x", "-status:new x", "visibility:secret x",
        ] + [String(repeating: "x ", count: 17), String(repeating: "x status:new ", count: 17)])
    func refusals(text: String) {
        do throws(Rejection) {
            let query = try SearchQuery(parsing: text)
            Issue.record("\(text) was taken as \(query)")
        } catch {
            guard case .validation(member: "query", _) = error else {
                Issue.record("\(error)")
                return
            }
        }
    }
}
