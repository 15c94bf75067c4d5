import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import OporaPluginKit

/// What the little server answers: the page of a survey, its style sheet, a sign of life.
///
/// Looking at a page changes nothing, so that a mail scanner that opens every link spoils none.
struct SurveySite: HTTPResponder {
    let store: SurveyStore
    /// For visitors whose browser names no language that the page has.
    let fallback: PageLanguage
    /// Called after an answer was taken.
    let answered: @Sendable () -> Void
    let now: @Sendable () -> Timestamp
    let log: Logger

    func respond(to request: Request, context: BasicRequestContext) async throws -> Response {
        let language = PageLanguage.chosen(
            asked: request.uri.queryParameters["lang"].map(String.init), accepted: request.headers[.acceptLanguage],
            fallback: fallback)
        let reply: SiteReply
        do { reply = try await answer(request, SurveyPage(language)) } catch {
            log.error("a page could not be served", metadata: ["error": "\(error)"])
            reply = .page(.internalServerError, SurveyPage(language).notice(PageText(language: language).broken))
        }
        return reply.response(isHead: request.method == .head)
    }

    private func answer(_ request: Request, _ page: SurveyPage) async throws -> SiteReply {
        let isReading = request.method == .get || request.method == .head
        switch request.uri.path {
        case "/health": return isReading ? .plain("ok\n") : notAllowed(page, "GET, HEAD")
        case "/style.css": return isReading ? .style(Stylesheet.text) : notAllowed(page, "GET, HEAD")
        case let path where path.hasPrefix("/s/"):
            let token = String(path.dropFirst(3))
            guard SurveyToken.isPlausible(token) else { return .page(.notFound, page.notice(page.text.unknown)) }
            if isReading { return show(try store.survey(token: token), page) }
            guard request.method == .post else { return notAllowed(page, "GET, HEAD, POST") }
            return try await take(request, token, page)
        default: return .page(.notFound, page.notice(page.text.unknown))
        }
    }

    private func show(_ survey: Survey?, _ page: SurveyPage) -> SiteReply {
        let standing = SurveyRules.standing(survey, now: now())
        guard standing == .open, let survey else { return closed(standing, page) }
        return .page(.ok, page.form(ticket: "\(survey.ticket)"))
    }

    private func take(_ request: Request, _ token: String, _ page: SurveyPage) async throws -> SiteReply {
        let body: ByteBuffer
        do { body = try await request.body.collect(upTo: FormAnswer.bodyBytes) } catch is NIOTooManyBytesError {
            return .page(.contentTooLarge, page.notice(page.text.tooLarge))
        }
        let form = FormAnswer(body: body.readableBytesView)
        guard let score = form.score, form.problem == nil else {
            let survey = try store.survey(token: token)
            let standing = SurveyRules.standing(survey, now: now())
            guard standing == .open, let survey else { return closed(standing, page) }
            let problem =
                form.problem == .commentTooLong
                ? page.text.commentTooLong(FormAnswer.commentCharacters) : page.text.scoreMissing
            return .page(.unprocessableContent, page.form(ticket: "\(survey.ticket)", problem: problem, given: form))
        }
        let standing = try store.take(SurveyAnswer(score: score, comment: form.comment), token: token, now: now())
        guard standing == .open else { return closed(standing, page) }
        answered()
        return .page(.ok, page.notice(page.text.thanks))
    }

    private func closed(_ standing: SurveyRules.Standing, _ page: SurveyPage) -> SiteReply {
        switch standing {
        case .open, .unknown: .page(.notFound, page.notice(page.text.unknown))
        case .answered: .page(.gone, page.notice(page.text.answered))
        case .withdrawn: .page(.gone, page.notice(page.text.withdrawn))
        case .expired: .page(.gone, page.notice(page.text.expired))
        }
    }

    private func notAllowed(_ page: SurveyPage, _ allowed: String) -> SiteReply {
        var reply = SiteReply.page(.methodNotAllowed, page.notice(page.text.notAllowed))
        reply.allow = allowed
        return reply
    }
}
