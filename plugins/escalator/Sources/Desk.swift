import OporaPluginKit

/// The calls that the escalator makes: `DeskClient` in earnest, a script in tests.
protocol Desk: Sendable {
    func call(_ method: String, _ params: JSON, key: String?, causation: String?) async throws(CallError) -> JSON
}

extension Desk {
    /// A question, which changes nothing.
    func ask(_ method: String, _ params: JSON) async throws(CallError) -> JSON {
        try await call(method, params, key: nil, causation: nil)
    }
}

extension DeskClient: Desk {
    func call(_ method: String, _ params: JSON, key: String?, causation: String?) async throws(CallError) -> JSON {
        try await call(method, params, key: key, causation: causation, onBehalfOf: nil)
    }
}
