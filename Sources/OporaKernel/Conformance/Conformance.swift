import OporaProtocol
import OporaTime
import Synchronization

/// What the conformance suite may do to a kernel that was started for it: move its clock, and call methods that no desk has.
public final class Conformance: Sendable {
    private let offset = Atomic<Int64>(0)

    public init() {}

    /// Microseconds by which the clock is ahead of the machine's.
    public var offsetMicroseconds: Int64 { offset.load(ordering: .relaxed) }

    func advance(milliseconds: Int64) { offset.add(milliseconds * 1000, ordering: .relaxed) }

    static let methods: Set<String> = [
        "conformance.sleep", "conformance.advance", "subtract", "sum", "update", "notify_hello", "notify_sum", "get_data",
    ]

    /// The examples of the JSON-RPC 2.0 specification: their parameters may be positional, their results are no objects.
    static func example(_ method: String, _ params: JSON) -> JSON? {
        let numbers = (params.array ?? []).compactMap(\.int)
        switch method {
        case "subtract":
            let first = params["minuend"]?.int ?? numbers.first ?? 0
            return .int(first - (params["subtrahend"]?.int ?? numbers.dropFirst().first ?? 0))
        case "sum": return .int(numbers.reduce(0, +))
        case "get_data": return ["hello", 5]
        case "update", "notify_hello", "notify_sum": return .null
        default: return nil
        }
    }
}

extension Kernel {
    /// Runs a method of the conformance suite; false where this kernel has none by that name.
    func takeConformance(_ request: Request, _ identity: Identity, _ to: ReplyTo) throws(RPCError) -> Bool {
        guard let conformance = settings.conformance, Conformance.methods.contains(request.method) else { return false }
        switch request.method {
        case "conformance.advance":
            let milliseconds = try Params(object: request.params).int("ms", in: 0...31_536_000_000)
            conformance.advance(milliseconds: milliseconds)
            timer.scheduleWake()
            answer(to, .success(members: JSONObject([("time", .string(clock.now.text))]).memberBytes, meta: JSONObject()))
        case "conformance.sleep":
            let milliseconds = try Params(object: request.params).int("ms", in: 0...Limits.deadlineMilliseconds)
            var job = QueryJob(request: request, identity: identity, replyTo: to, arrived: clock.now)
            job.waitUntil = clock.now + min(milliseconds, request.meta.deadlineMilliseconds ?? milliseconds)
            job.isDeaf = true
            job.replyTo = try counted(to)
            guard case .parked = longPolls.park(job, seenHead: .max) else {
                answer(job.replyTo, .failure(Kernel.busy))
                return true
            }
            timer.scheduleWake()
        default:
            let params: JSON = request.positional.map { .array($0) } ?? .object(request.params)
            guard let result = Conformance.example(request.method, params) else { return false }
            answer(to, .value(result))
        }
        return true
    }

    /// The end of a `conformance.sleep`.
    func wake(_ job: QueryJob) {
        let asked = job.request.params["ms"]?.int ?? 0
        if let deadline = job.request.meta.deadlineMilliseconds, deadline < asked {
            return answer(job.replyTo, .failure(RPCError(.deadlineExceeded, "it would have slept longer than its deadline")))
        }
        answer(job.replyTo, .success(members: JSONObject([("slept_ms", .int(asked))]).memberBytes, meta: JSONObject()))
    }
}
