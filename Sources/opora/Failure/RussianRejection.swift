import OporaPluginKit

/// What the kernel's errors say in Russian: the sentence by code, the details from `error.data`.
enum RussianRejection {
    /// One sentence. Where the details say all there is to say, the kernel's English text is left out.
    static func text(_ error: RPCError) -> String {
        switch error.code {
        case .notFound: notFound(error)
        case .alreadyExists: alreadyExists(error)
        case .versionConflict: versionConflict(error)
        case .invalidTransition: invalidTransition(error)
        case .invalidParams: details(error) ?? withMessage(error)
        case .validationFailed: details(error) ?? withMessage(error)
        default: withMessage(error)
        }
    }

    private static func withMessage(_ error: RPCError) -> String { "\(sentence(error.code)) (\(error.message))" }

    private static func notFound(_ error: RPCError) -> String {
        guard let kind = error.data["kind"]?.string, let id = error.data["id"]?.string else { return withMessage(error) }
        return "\(Words.kind(kind, .ru)) \(id): не найдено"
    }

    private static func alreadyExists(_ error: RPCError) -> String {
        guard let kind = error.data["kind"]?.string, let member = error.data["member"]?.string else { return withMessage(error) }
        // The value stands only in the sentence, after its last colon.
        let value = error.message.split(separator: ":", maxSplits: 1).last.map { ":\($0)" } ?? ""
        return "\(Words.kind(kind, .ru)) с таким \(member) уже есть\(value)"
    }

    private static func versionConflict(_ error: RPCError) -> String {
        guard let current = error.data["current_version"]?.int else { return withMessage(error) }
        return "кто-то успел внести изменение: сейчас версия \(current); ничего не сделано"
    }

    private static func invalidTransition(_ error: RPCError) -> String {
        guard let from = error.data["from"]?.string, let to = error.data["to"]?.string else { return withMessage(error) }
        let allowed = (error.data["allowed"]?.array ?? []).compactMap(\.string)
        let choice = allowed.isEmpty ? "из этого статуса пути нет" : "можно в: \(allowed.joined(separator: ", "))"
        return "из статуса \(from) нельзя перейти в \(to); \(choice)"
    }

    /// Each wrong parameter with the rule that it breaks.
    private static func details(_ error: RPCError) -> String? {
        let items = (error.data["details"]?.array ?? []).compactMap { detail -> String? in
            guard let path = detail["path"]?.string else { return nil }
            let message = detail["message"]?.string.map { " (\($0))" } ?? ""
            return "\(path): \(rule(detail["rule"]?.string))\(message)"
        }
        return items.isEmpty ? nil : "\(sentence(error.code)): \(items.joined(separator: "; "))"
    }

    private static func rule(_ word: String?) -> String {
        switch word {
        case "unknown": "такого параметра нет"
        case "required": "не указан"
        case "type": "не тот тип"
        case "enum": "нет такого значения"
        case "range": "вне допустимых пределов"
        case "format": "не тот вид записи"
        default: "не годится"
        }
    }

    /// The plain meaning of a code; the compiler sees to it that none is forgotten.
    static func sentence(_ code: ErrorCode) -> String {
        switch code {
        case .parseError: "запрос — не JSON"
        case .invalidRequest: "это не запрос JSON-RPC"
        case .badEnvelope: "неверная обёртка сообщения"
        case .batchTooLarge: "в пакете слишком много запросов"
        case .methodNotFound: "такого метода нет"
        case .invalidParams: "неверные параметры"
        case .internalError: "сбой в ядре"
        case .unavailable: "ядро сейчас не может это выполнить, ничего не сделано"
        case .unauthenticated: "ядро не знает, кто вы"
        case .forbidden: "на это у вас нет прав"
        case .reentrant: "команда из обработчика, которого ядро ждёт, не выполняется"
        case .vetoed: "плагин наложил запрет"
        case .rateLimited: "слишком много запросов, повторите позже"
        case .tooManyInFlight: "слишком много запросов сразу, повторите позже"
        case .requestTooLarge: "запрос слишком велик"
        case .responseTooLarge: "ответ слишком велик"
        case .deadlineExceeded: "ядро не успело взяться за команду в срок, ничего не сделано"
        case .cancelled: "отменено"
        case .protocolUnsupported: "эта версия протокола не поддерживается"
        case .sessionRequired: "сначала нужно приветствие session.hello"
        case .providerOffline: "плагин, который отвечает на этот метод, не запущен"
        case .providerError: "плагин ответил неправильно"
        case .providerTimeout: "плагин не ответил вовремя"
        case .notFound: "не найдено"
        case .alreadyExists: "такое уже есть"
        case .versionConflict: "кто-то успел внести изменение, ничего не сделано"
        case .validationFailed: "правила не позволяют"
        case .invalidTransition: "такой переход невозможен"
        case .idempotencyKeyReused: "этот ключ идемпотентности уже был у другого запроса"
        case .invalidCursor: "курсор не подходит к этому списку"
        case .logTruncated: "этой части журнала больше нет"
        case .epochMismatch: "журнал уже другой: базу восстановили из копии"
        case .consumerNotFound: "такого потребителя нет"
        case .consumerBusy: "потребителя читает кто-то другой"
        case .leaseLost: "потребителем уже владеет кто-то другой"
        case .consumerDiffers: "такой потребитель есть, но с другими потоками"
        case .ackOutOfRange: "подтверждение вне пределов журнала"
        case .quotaExceeded: "предел исчерпан"
        case .calendarExhausted: "в календаре слишком мало рабочего времени"
        }
    }
}
