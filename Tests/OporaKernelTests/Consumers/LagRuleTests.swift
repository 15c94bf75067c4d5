import Testing

@testable import OporaKernel

@Suite("The rule of lag")
struct LagRuleTests {
    struct Case: CustomTestStringConvertible {
        var limit: Int64 = 100
        var lag: Int64
        var warned = 0
        var percents: [Int] = []
        var isLost = false
        var after: Int
        var testDescription: String { "lag \(lag) of \(limit), told of \(warned) %" }
    }

    static let cases = [
        Case(lag: 0, after: 0), Case(lag: 49, after: 0),
        Case(lag: 50, percents: [50], after: 50), Case(lag: 50, warned: 50, after: 50),
        Case(lag: 79, warned: 50, after: 50), Case(lag: 80, warned: 50, percents: [80], after: 80),
        Case(lag: 80, percents: [50, 80], after: 80), Case(lag: 100, warned: 80, after: 80),
        Case(lag: 101, warned: 80, isLost: true, after: 80),
        Case(lag: 101, percents: [50, 80], isLost: true, after: 80),
        // Caught up: it is told of anew the next time.
        Case(lag: 49, warned: 80, after: 0), Case(lag: 60, warned: 80, after: 80),
        // Put far behind on purpose: not given up for it until it has caught up once.
        Case(lag: 5000, warned: 100, after: 100), Case(lag: 10, warned: 100, after: 0),
        Case(limit: 3, lag: 1, after: 0), Case(limit: 3, lag: 2, percents: [50], after: 50),
        Case(limit: 3, lag: 3, warned: 50, percents: [80], after: 80), Case(limit: 1, lag: 0, after: 0),
    ]

    @Test("A lag is judged by what was told before", arguments: cases)
    func judge(_ expected: Case) {
        let verdict = LagRule(limit: expected.limit).judge(lag: expected.lag, warnedPercent: expected.warned)
        #expect(
            verdict == .init(percents: expected.percents, isLost: expected.isLost, warnedPercent: expected.after))
    }

    @Test(
        "The alarm stands where the next thing is to be told",
        arguments: [(0, 60), (50, 90), (80, 111), (100, .max)] as [(Int, Int64)])
    func alarm(warned: Int, seq: Int64) { #expect(LagRule(limit: 100).alarm(position: 10, warnedPercent: warned) == seq) }

    @Test(
        "Whoever begins far behind is excused", arguments: [(0, 0), (50, 50), (85, 80), (100, 80), (101, 100)] as [(Int64, Int)])
    func excused(lag: Int64, percent: Int) { #expect(LagRule(limit: 100).excused(lag: lag) == percent) }
}
