import OporaPluginKit

extension Failure {
    /// What a person is told about a call that gave no result.
    /// - Parameter changes: the call would have changed something, so that without an answer its outcome is unknown.
    init(_ error: CallError, method: String, changes: Bool = false) {
        switch error {
        case .rejected(let rejection): self.init(rejection, method: method)
        case .noAnswer(_, let milliseconds):
            let seconds = Double(milliseconds) / 1000
            self.init(
                .tryAgain, "no_answer",
                Bilingual(
                    "\(method): the kernel gave no answer within \(Language.en.decimal(seconds)) s",
                    ru: "\(method): ядро не ответило за \(Language.ru.decimal(seconds)) с"),
                hint: changes ? Failure.unknownOutcome : Failure.lookAtKernel)
        case .interrupted:
            self.init(
                .tryAgain, "interrupted",
                Bilingual("\(method): the connection to the kernel ended", ru: "\(method): связь с ядром прервалась"),
                hint: changes ? Failure.unknownOutcome : Failure.lookAtKernel)
        case .noKernel, .badDiscovery, .badKeyFile, .transport: self.init(connecting: error)
        }
    }

    private init(connecting error: CallError) {
        switch error {
        case .noKernel(let folder):
            self.init(
                .unavailable, "no_kernel",
                Bilingual(
                    "no kernel runs at \(folder): there is no kernel.json in it",
                    ru: "в \(folder) нет работающего ядра: там нет файла kernel.json"),
                hint: Failure.startOne)
        case .badDiscovery(let path):
            self.init(
                .unavailable, "bad_discovery",
                Bilingual("\(path) can't be read as a kernel's discovery file", ru: "\(path) не читается как файл ядра"),
                hint: Bilingual("Remove it and restart the kernel.", ru: "Удалите его и перезапустите ядро."))
        case .badKeyFile(let path):
            self.init(
                .noInput, "bad_key_file",
                Bilingual(
                    "\(path) holds no CURVE keys, or can't be read", ru: "\(path) не содержит ключей CURVE или не читается"),
                hint: Bilingual(
                    "Make a pair with `opora key new NAME --role ROLE --out \(path)`.",
                    ru: "Создайте пару: `opora key new NAME --role ROLE --out \(path)`."))
        default:
            self.init(
                .unavailable, "transport",
                Bilingual("the connection could not be made: \(error)", ru: "не удалось установить связь: \(error)"))
        }
    }

    static let startOne = Bilingual(
        "Start one with `opora up`, or name the folder of a running one with --run-dir or OPORA_RUN_DIR.",
        ru: "Запустите его командой `opora up` или укажите папку работающего ядра через --run-dir или OPORA_RUN_DIR.")

    static let lookAtKernel = Bilingual(
        "A kernel is there but busy or stuck: try again, look at its log, or restart it.",
        ru: "Ядро есть, но занято или зависло: повторите, посмотрите его журнал или перезапустите его.")

    static let unknownOutcome = Bilingual(
        "Whether it was done is unknown: look before you repeat it.",
        ru: "Выполнено ли это, неизвестно: проверьте, прежде чем повторять.")

    private init(_ error: RPCError, method: String) {
        self.init(
            ExitStatus(error.code), error.code.rawValue,
            Bilingual("\(method): \(error.message)", ru: "\(method): \(RussianRejection.text(error))"),
            hint: RejectionHint.hint(error.code), data: error.data)
    }

    /// Anything that was thrown, as a failure.
    init(any error: any Error) {
        switch error {
        case let failure as Failure: self = failure
        case let call as CallError:
            if case .noAnswer(let method, _) = call {
                self.init(call, method: method)
            } else if case .interrupted(let method) = call {
                self.init(call, method: method)
            } else {
                self.init(call, method: "opora")
            }
        case let rejection as RPCError: self.init(rejection, method: "opora")
        default:
            self.init(.internalFault, "internal", Bilingual("\(error)", ru: "\(error)"))
        }
    }
}
