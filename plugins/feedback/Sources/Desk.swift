import OporaPluginKit

/// The calls that the collector makes: `DeskClient` in earnest, a script in tests.
protocol Desk: Sendable {
    func call(_ method: String, _ params: JSON, key: String?, causation: String?) async throws(CallError) -> JSON
}

extension DeskClient: Desk {
    func call(_ method: String, _ params: JSON, key: String?, causation: String?) async throws(CallError) -> JSON {
        try await call(method, params, key: key, causation: causation, onBehalfOf: nil)
    }
}
