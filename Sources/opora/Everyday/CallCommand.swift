import ArgumentParser
import OporaPluginKit

/// `opora call`: any method of the kernel or of a plugin.
struct CallCommand: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "call",
        abstract: .both("Call any method and print its result.", ru: "Вызвать любой метод и напечатать ответ."),
        discussion: .both(
            "opora call ticket.get '{\"ticket\":\"T-1\"}'", ru: "opora call ticket.get '{\"ticket\":\"T-1\"}'"))

    @Argument(
        help: .both(
            "The method, e.g. ticket.get; `opora methods` lists them.",
            ru: "Метод, например ticket.get; их список — `opora methods`."))
    var method: String
    @Argument(
        help: .both(
            "Its parameters as JSON; - reads them from standard input.",
            ru: "Параметры в виде JSON; - читает их со стандартного ввода."))
    var params: String = "{}"
    @Option(
        help: .both("The same key never takes effect twice.", ru: "С одним ключом команда не сработает дважды.", valueName: "key")
    )
    var idempotencyKey: String?
    @Option(help: .both("How long to wait for the answer.", ru: "Сколько ждать ответа.", valueName: "duration"))
    var timeout: String = "10s"
    @OptionGroup var common: CommonOptions

    func run(_ desk: Desk) async throws {
        guard let milliseconds = Spans.parse(timeout), milliseconds > 0 else {
            throw Failure.usage(
                "--timeout: \"\(timeout)\" is no duration; write 10s", ru: "--timeout: «\(timeout)» — не длительность; пишите 10s"
            )
        }
        let answer = try await desk.read(method, .object(try parameters()), milliseconds: milliseconds)
        desk.output.data(answer)
    }

    private func parameters() throws -> JSONObject {
        let text = try TextInput.read(params, "JSON")
        let value: JSON
        do throws(JSONError) { value = try JSON(parsing: text) } catch {
            throw Failure.badData(
                "the parameters are \(error): \(text.prefix(200))", ru: "параметры — не JSON (\(error)): \(text.prefix(200))")
        }
        guard var object = value.object else {
            throw Failure.badData(
                "the parameters must be a JSON object, not \(value.kind)",
                ru: "параметры должны быть объектом JSON, а не \(value.kind)")
        }
        guard let idempotencyKey else { return object }
        var meta = object["_meta"]?.object ?? JSONObject()
        meta["idempotency_key"] = .string(idempotencyKey)
        object["_meta"] = .object(meta)
        return object
    }
}
