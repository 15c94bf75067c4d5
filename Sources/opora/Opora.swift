import ArgumentParser
import FoundationEssentials
import Glibc
import OporaPluginKit

/// The command line of a desk, a client of the kernel like any other.
@main
struct Opora: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "opora",
        abstract: .both("The command line of the Opora help desk.", ru: "Командная строка службы поддержки «Опора»."),
        discussion: .both(
            """
            Exit status:
              0 done                66 a file can't be read    75 try again
              1 the kernel says no  69 no kernel               77 not allowed
              64 wrong usage        70 a fault of ours        130 Ctrl-C
              65 wrong data         74 can't write the result
            Completions: opora --generate-completion-script bash (or zsh, fish)
            """,
            ru: """
                Код завершения:
                  0 сделано           66 файл не читается        75 повторите
                  1 ядро отказало     69 ядра нет                77 нет прав
                  64 неверный вызов   70 наш сбой               130 Ctrl-C
                  65 неверные данные  74 результат не записать
                Автодополнение: opora --generate-completion-script bash (или zsh, fish)
                """),
        version: SoftwareVersion.text,
        subcommands: [
            UpCommand.self, DemoCommand.self, VerifyCommand.self, StatusCommand.self, TicketCommand.self, DeskRulesCommand.self,
            UserCommand.self, OrganizationCommand.self,
            GroupCommand.self, RoleCommand.self, AuditCommand.self,
            PolicyCommand.self, CalendarCommand.self, EventsCommand.self, ConsumerCommand.self, LogCommand.self,
            ReportCommand.self, SearchCommand.self, IndexCommand.self,
            ViewCommand.self, MacroCommand.self, AttachmentCommand.self,
            ImportCommand.self, CallCommand.self, MethodsCommand.self, KeyCommand.self, PingCommand.self, VersionCommand.self,
        ])

    static func main() async {
        do {
            var command = try parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch {
            end(error)
        }
    }

    /// Tells why the command ended and ends the process.
    private static func end(_ error: any Error) -> Never {
        let code = exitCode(for: error)
        let flags = ProcessFlags(CommandLine.arguments)
        let output = Output(
            language: .ofProcess, json: flags.json, noColour: flags.noColour, environment: ProcessInfo.processInfo.environment)
        output.endProgress()
        let isOurs = error is Failure || error is CallError || error is RPCError
        if isOurs {
            let failure = Failure(any: error)
            output.failure(failure)
            Glibc.exit(failure.status.rawValue)
        }
        let message = fullMessage(for: error)
        if code == .success {
            output.print(help: message)
        } else if code == .validationFailure, flags.json {
            output.failure(
                Failure(
                    .usage, "usage", Bilingual(self.message(for: error), ru: HelpTranslation.russian(self.message(for: error)))))
        } else if !message.isEmpty {
            output.note(message, ru: HelpTranslation.russian(message))
        }
        Glibc.exit(code.rawValue)
    }
}
