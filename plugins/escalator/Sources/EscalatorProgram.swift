import OporaPluginKit

/// The executable `escalator`.
@main
enum EscalatorProgram {
    static func main() async { await PluginHost<Escalator>.main() }
}
