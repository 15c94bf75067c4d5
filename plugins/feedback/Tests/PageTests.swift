import OporaPluginKit
import Testing

@testable import feedback

@Suite("The pages and the form")
struct PageTests {
    @Test(arguments: [
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"), ("a & b", "a &amp; b"),
        ("\"onload='x'", "&quot;onload=&#39;x&#39;"), ("</textarea><b>", "&lt;/textarea&gt;&lt;b&gt;"), ("Жёлтый 🙂", "Жёлтый 🙂"),
    ])
    func textIsEscaped(text: String, escaped: String) {
        #expect(SurveyPage.escaped(text) == escaped)
        var given = FormAnswer()
        given.comment = text
        let html = SurveyPage(.en).form(ticket: "T-1", problem: text, given: given)
        #expect(html.contains(">\n\(escaped)</textarea>"))
        #expect(html.contains("role=\"alert\">\(escaped)</p>"))
        #expect(!html.contains("<script"))
    }

    @Test func theFormAsksInBothLanguages() {
        let english = SurveyPage(.en).form(ticket: "T-42")
        #expect(english.contains("<html lang=\"en\">"))
        #expect(english.contains("Your request T-42 is solved."))
        #expect(english.contains("action=\"?lang=en\""))
        let russian = SurveyPage(.ru).form(ticket: "T-42")
        #expect(russian.contains("Ваша заявка T-42 решена."))
        #expect(russian.contains("<a href=\"?lang=en\""))
        for page in [english, russian] {
            #expect(page.matches(of: /type="radio" name="score" value="[1-5]"/).count == 5)
            #expect(page.contains("maxlength=\"4000\""))
        }
    }

    @Test func theChosenAnswerIsShownAgain() {
        let html = SurveyPage(.en).form(ticket: "T-1", given: FormAnswer(body: Array("score=3".utf8)))
        #expect(html.contains("value=\"3\" required checked"))
        #expect(html.matches(of: /checked/).count == 1)
    }

    @Test(
        arguments: [
            (nil, nil, PageLanguage.en), (nil, "ru", .ru), (nil, "ru-RU,ru;q=0.9,en;q=0.8", .ru),
            (nil, "en-US,en;q=0.9,ru;q=0.8", .en),
            (nil, "de, ru;q=0.5", .ru), (nil, "ru;q=0, en;q=0.1", .en), (nil, "run", .en), ("ru", "en", .ru), ("xx", "ru", .ru),
        ] as [(String?, String?, PageLanguage)])
    func languages(asked: String?, accepted: String?, expected: PageLanguage) {
        #expect(PageLanguage.chosen(asked: asked, accepted: accepted, fallback: .en) == expected)
    }

    struct Form: Sendable {
        var body: String
        var score: Int64?
        var comment: String?
        var problem: FormAnswer.Problem?
    }

    static let forms: [Form] = [
        Form(body: "score=5&comment=", score: 5),
        Form(body: "score=1&comment=a+b%26c%3D%22", score: 1, comment: "a b&c=\""),
        Form(body: "comment=%D0%94%D0%B0%0D%0A%D0%BD%D0%B5%D1%82&score=2", score: 2, comment: "Да\nнет"),
        Form(body: "score=4&comment=%20%0D%0A%20", score: 4),
        Form(body: "score=4&comment=a%00b%1bc", score: 4, comment: "abc"),
        Form(body: "score=4&score=1&comment=x&comment=y", score: 4, comment: "x"),
        Form(body: "score=4&comment=%zz%4", score: 4, comment: "z"),
        Form(body: "", problem: .scoreMissing), Form(body: "score=0", problem: .scoreMissing),
        Form(body: "score=6", problem: .scoreMissing), Form(body: "score=five", problem: .scoreMissing),
        Form(body: "score=+5", problem: .scoreMissing), Form(body: "&&==&score", problem: .scoreMissing),
        Form(
            body: "score=5&comment=" + String(repeating: "x", count: 4001), score: 5,
            comment: String(repeating: "x", count: 4001), problem: .commentTooLong),
    ]

    @Test(arguments: forms)
    func formsAreRead(form: Form) {
        let answer = FormAnswer(body: Array(form.body.utf8))
        #expect(answer.score == form.score)
        #expect(answer.comment == form.comment)
        #expect(answer.problem == form.problem)
    }

    @Test func aFullCommentFitsTheBody() {
        let letters = String(repeating: "%F0%9F%99%82", count: FormAnswer.commentCharacters)
        let body = Array("score=5&comment=\(letters)".utf8)
        #expect(body.count < FormAnswer.bodyBytes)
        #expect(FormAnswer(body: body).problem == nil)
    }
}
