/// Writes the pages: plain HTML that needs no script. All that varies is escaped.
///
/// Addresses are relative, so that the page works behind a proxy under any path.
struct SurveyPage: Sendable {
    var text: PageText

    init(_ language: PageLanguage) { text = PageText(language: language) }

    /// The question.
    /// - Parameters:
    ///   - problem: what was wrong with the answer that was sent.
    ///   - given: that answer, shown again.
    func form(ticket: String, problem: String? = nil, given: FormAnswer = FormAnswer()) -> String {
        let choices = text.scores.enumerated().map { index, label in
            let score = index + 1
            let checked = given.score == Int64(score) ? " checked" : ""
            return """
                <label><input type="radio" name="score" value="\(score)" required\(checked)>\
                <span><b>\(score)</b> \(SurveyPage.escaped(label))</span></label>
                """
        }
        let other: PageLanguage = text.language == .ru ? .en : .ru
        let alert = problem.map { "<p class=\"alert\" role=\"alert\">\(SurveyPage.escaped($0))</p>\n" } ?? ""
        return page(
            """
            <h1>\(SurveyPage.escaped(text.title))</h1>
            <p>\(SurveyPage.escaped(text.intro(ticket)))</p>
            \(alert)<form method="post" action="?lang=\(text.language.rawValue)">
            <fieldset>
            <legend>\(SurveyPage.escaped(text.question))</legend>
            <div class="scores">
            \(choices.joined(separator: "\n"))
            </div>
            </fieldset>
            <label class="comment" for="comment">\(SurveyPage.escaped(text.comment))</label>
            <textarea id="comment" name="comment" rows="5" maxlength="\(FormAnswer.commentCharacters)">
            \(SurveyPage.escaped(given.comment ?? ""))</textarea>
            <button type="submit">\(SurveyPage.escaped(text.send))</button>
            </form>
            <p class="other"><a href="?lang=\(other.rawValue)" hreflang="\(other.rawValue)" lang="\(other.rawValue)">\
            \(SurveyPage.escaped(text.otherLanguage))</a></p>
            """, title: text.title)
    }

    /// A page that says one thing.
    func notice(_ notice: PageText.Notice) -> String {
        page(
            """
            <h1>\(SurveyPage.escaped(notice.heading))</h1>
            <p>\(SurveyPage.escaped(notice.sentence))</p>
            """, title: notice.heading)
    }

    private func page(_ body: String, title: String) -> String {
        """
        <!doctype html>
        <html lang="\(text.language.rawValue)">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="robots" content="noindex">
        <title>\(SurveyPage.escaped(title))</title>
        <link rel="stylesheet" href="../style.css">
        </head>
        <body>
        <main>
        \(body)
        </main>
        </body>
        </html>

        """
    }

    /// Text as it may stand in HTML, also inside an attribute's quotes.
    static func escaped(_ text: String) -> String {
        var out = ""
        for character in text.unicodeScalars {
            switch character {
            case "&": out += "&amp;"
            case "<": out += "&lt;"
            case ">": out += "&gt;"
            case "\"": out += "&quot;"
            case "'": out += "&#39;"
            default: out.unicodeScalars.append(character)
            }
        }
        return out
    }
}
