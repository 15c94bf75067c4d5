import Foundation
import FoundationNetworking
import OporaPluginKit
import Synchronization
import Testing

@testable import feedback

@Suite("The page over a real socket")
struct SurveySiteTests {
    /// What came back for a request.
    struct Reply: Sendable {
        var status: Int
        var headers: [String: String]
        var body: String
    }

    let scratch: Scratch
    let store: SurveyStore
    let token: String

    init() throws {
        scratch = try Scratch()
        (store, token) = try scratch.openSurvey()
    }

    /// Serves the site on a port that the system chooses, for as long as `body` runs.
    private func served(
        at now: Timestamp = Samples.start, answered: @escaping @Sendable () -> Void = {},
        _ body: @escaping @Sendable (String) async throws -> Void
    ) async throws {
        let server = SurveyServer(
            host: "127.0.0.1", port: 0,
            site: SurveySite(store: store, fallback: .en, answered: answered, now: { now }, log: Samples.quiet),
            log: Samples.quiet)
        let (ports, feed) = AsyncStream<Int>.makeStream()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await server.run { feed.yield($0) } }
            for await port in ports {
                try await body("http://127.0.0.1:\(port)")
                break
            }
            group.cancelAll()
            try await group.waitForAll()
        }
    }

    private static func send(
        _ method: String, _ url: String, body: String? = nil, language: String? = nil
    ) async throws -> Reply {
        var request = URLRequest(url: try #require(URL(string: url)))
        request.httpMethod = method
        request.httpBody = body.map { Data($0.utf8) }
        if body != nil { request.setValue("application/x-www-form-urlencoded", forHTTPHeaderField: "Content-Type") }
        request.setValue(language ?? "de", forHTTPHeaderField: "Accept-Language")
        let (data, response) = try await URLSession.shared.data(for: request)
        let http = try #require(response as? HTTPURLResponse)
        var headers: [String: String] = [:]
        for (name, value) in http.allHeaderFields { headers["\(name)".lowercased()] = "\(value)" }
        return Reply(status: http.statusCode, headers: headers, body: String(decoding: data, as: UTF8.self))
    }

    @Test func lookingChangesNothingAndAnsweringIsDoneOnce() async throws {
        let rings = Mutex(0)
        let (store, token) = (store, token)
        try await served(answered: { rings.withLock { $0 += 1 } }) { site in
            let link = "\(site)/s/\(token)"
            for method in ["HEAD", "GET", "GET"] {
                #expect(try await Self.send(method, link).status == 200)
            }
            #expect(try await Self.send("HEAD", link).body.isEmpty)
            let thanks = try await Self.send("POST", link, body: "score=4&comment=%3Cb%3Efine%3C%2Fb%3E")
            #expect(thanks.status == 200)
            #expect(thanks.body.contains("Thank you!"))
            #expect(try await Self.send("POST", link, body: "score=1").status == 410)
            let again = try await Self.send("GET", link, language: "ru")
            #expect(again.status == 410)
            #expect(again.body.contains("Ответ уже получен"))
        }
        #expect(rings.withLock { $0 } == 1)
        let survey = try #require(try store.survey(token: token))
        #expect(survey.score == 4)
        #expect(survey.comment == "<b>fine</b>")
    }

    @Test func ofManyAnswersAtOnceOneIsTaken() async throws {
        let (store, token) = (store, token)
        let taken = Mutex<[Int64]>([])
        try await served { site in
            try await withThrowingTaskGroup(of: (Int64, Int).self) { group in
                for number in 0..<20 as Range<Int64> {
                    let score = number % 5 + 1
                    group.addTask { (score, try await Self.send("POST", "\(site)/s/\(token)", body: "score=\(score)").status) }
                }
                for try await (score, status) in group {
                    #expect(status == 200 || status == 410)
                    if status == 200 { taken.withLock { $0.append(score) } }
                }
            }
        }
        #expect(taken.withLock { $0.count } == 1)
        #expect(try store.survey(token: token)?.score == taken.withLock { $0.first })
    }

    @Test func everyAnswerHasTheSecurityHeaders() async throws {
        let token = token
        try await served { site in
            for path in ["/s/\(token)", "/s/nothing", "/style.css", "/health", "/"] {
                let reply = try await Self.send("GET", site + path)
                #expect(reply.headers["content-security-policy"]?.hasPrefix("default-src 'none'; style-src 'self'") == true)
                #expect(reply.headers["content-security-policy"]?.contains("frame-ancestors 'none'") == true)
                #expect(reply.headers["x-content-type-options"] == "nosniff")
                #expect(reply.headers["referrer-policy"] == "no-referrer")
                #expect(reply.headers["cache-control"] == "no-store")
            }
        }
    }

    @Test func otherPathsAndMethodsHaveTheirAnswers() async throws {
        let token = token
        try await served { site in
            #expect(try await Self.send("GET", "\(site)/health").body == "ok\n")
            #expect(try await Self.send("GET", "\(site)/style.css").headers["content-type"] == "text/css; charset=utf-8")
            #expect(try await Self.send("GET", "\(site)/s/\(SurveyToken.make())").status == 404)
            #expect(try await Self.send("POST", "\(site)/s/\(SurveyToken.make())", body: "score=5").status == 404)
            #expect(try await Self.send("GET", "\(site)/s/..%2f..%2fetc").status == 404)
            #expect(try await Self.send("GET", "\(site)/admin").status == 404)
            let delete = try await Self.send("DELETE", "\(site)/s/\(token)")
            #expect(delete.status == 405)
            #expect(delete.headers["allow"] == "GET, HEAD, POST")
            #expect(try await Self.send("POST", "\(site)/health", body: "a=b").status == 405)
        }
    }

    @Test func anAnswerThatCanNotBeTakenIsShownAgain() async throws {
        let (store, token) = (store, token)
        try await served { site in
            let missing = try await Self.send("POST", "\(site)/s/\(token)?lang=ru", body: "comment=%3Cscript%3E")
            #expect(missing.status == 422)
            #expect(missing.body.contains("выберите один из пяти ответов"))
            #expect(missing.body.contains("&lt;script&gt;</textarea>"))
            let long = String(repeating: "x", count: 4001)
            #expect(try await Self.send("POST", "\(site)/s/\(token)", body: "score=5&comment=\(long)").status == 422)
            let huge = String(repeating: "x", count: FormAnswer.bodyBytes)
            #expect(try await Self.send("POST", "\(site)/s/\(token)", body: "score=5&comment=\(huge)").status == 413)
        }
        #expect(try store.survey(token: token)?.state == .open)
    }

    @Test func anExpiredLinkSaysSo() async throws {
        let token = token
        try await served(at: Samples.start + Samples.days(14)) { site in
            let reply = try await Self.send("GET", "\(site)/s/\(token)")
            #expect(reply.status == 410)
            #expect(reply.body.contains("The link has expired"))
        }
    }

    @Test func aPortThatIsTakenIsToldClearly() async throws {
        let store = store
        let rival = Mutex<String?>(nil)
        try await served { site in
            let port = try #require(URL(string: site)?.port)
            let second = SurveyServer(
                host: "127.0.0.1", port: port,
                site: SurveySite(store: store, fallback: .en, answered: {}, now: { Samples.start }, log: Samples.quiet),
                log: Samples.quiet)
            do { try await second.run { _ in } } catch { rival.withLock { $0 = "\(error)" } }
        }
        #expect(rival.withLock { $0 }?.contains("can't be listened on") == true)
        #expect(rival.withLock { $0 }?.contains("set http.port") == true)
    }
}
