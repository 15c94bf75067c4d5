import OporaPluginKit

/// The executable `feedback`.
@main
enum FeedbackProgram {
    static func main() async { await PluginHost<Feedback>.main() }
}
