import OporaProtocol

/// A plugin's place at a hook point: who is asked, on which connection, for how long.
struct HookSeat: Hashable, Sendable {
    /// The plugin's own name.
    var plugin: String
    /// The identity of its connection, and what the transport calls that.
    var identity: String
    var user = ""
    var peer: Peer
    /// Plugins that it wants to be asked before.
    var before: [String] = []
    /// Plugins that it wants to be asked after.
    var after: [String] = []
    /// Milliseconds that it may take.
    var milliseconds = PluginOffer.hookMilliseconds
    /// Whether it wants to know of a call that is taken back.
    var hearsCancel = false
}
