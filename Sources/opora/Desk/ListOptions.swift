import ArgumentParser
import OporaPluginKit

/// How much of a list is wanted.
struct ListOptions: ParsableArguments, Sendable {
    /// Entries that one command shows at most.
    static let most = 10_000

    @Option(help: .both("How many to show.", ru: "Сколько показать.", valueName: "n"))
    var limit: Int = Limits.pageDefault

    @Option(
        help: .both(
            "Go on from here; a list ends by naming it.", ru: "Продолжить отсюда; его называет конец списка.", valueName: "text"))
    var cursor: String?

    func validate() throws {
        guard (1...ListOptions.most).contains(limit) else {
            throw ValidationError(
                .both("--limit is a number from 1 to \(ListOptions.most)", ru: "--limit — число от 1 до \(ListOptions.most)"))
        }
    }
}

/// Entries of a list, and where it goes on.
struct ListPage: Sendable {
    var items: [JSON]
    /// The last page's answer with all items in it.
    var json: JSON
    var cursor: String?
}

extension Desk {
    /// Reads pages until there are as many entries as wanted.
    func list(_ method: String, _ params: JSON, _ options: ListOptions) async throws -> ListPage {
        var items: [JSON] = []
        var cursor = options.cursor
        var request = params.object ?? JSONObject()
        while true {
            request["limit"] = .int(Int64(min(Limits.pageItems, options.limit - items.count)))
            request["cursor"] = .optional(cursor)
            let answer = try await read(method, .object(request))
            guard let page = answer["items"]?.array else { throw Failure.badAnswer(method) }
            items += page
            cursor = answer["next_cursor"]?.string
            if cursor == nil || page.isEmpty || items.count >= options.limit {
                var whole = answer.object ?? JSONObject()
                whole["items"] = .array(items)
                return ListPage(items: items, json: .object(whole), cursor: cursor)
            }
        }
    }

    /// Says on standard error that a list is empty, or that it goes on.
    func remark(_ page: ListPage, nothing: Bilingual) {
        guard !output.json else { return }
        if page.items.isEmpty { output.note(nothing.en, ru: nothing.ru) }
        guard let cursor = page.cursor else { return }
        output.note(
            "There is more: give a larger --limit, or --cursor \(cursor)",
            ru: "Это не всё: увеличьте --limit или укажите --cursor \(cursor)")
    }
}
