import OporaPluginKit

/// The words of the wire as people read them.
enum Words {
    /// A kind of thing: `ticket`, `user`.
    static func kind(_ word: String, _ language: Language) -> String {
        guard language == .ru else { return word }
        return switch word {
        case "ticket": "обращение"
        case "message": "сообщение"
        case "user": "пользователь"
        case "organization": "организация"
        case "group": "группа"
        case "policy": "политика SLA"
        case "calendar": "календарь"
        case "feedback": "отзыв"
        case "consumer": "потребитель"
        case "identity": "имя"
        case "key": "ключ"
        case "role": "роль"
        case "status": "статус"
        case "field": "поле"
        case "attachment": "вложение"
        case "view": "список"
        case "macro": "макрос"
        case "parked event": "отложенное событие"
        default: word
        }
    }

    /// A ticket's status.
    static func status(_ word: String, _ language: Language) -> String {
        guard let status = TicketStatus(rawValue: word) else { return word }
        return switch status {
        case .new: language.pick("new", ru: "новое")
        case .open: language.pick("open", ru: "в работе")
        case .pending: language.pick("pending", ru: "ждёт клиента")
        case .onHold: language.pick("on hold", ru: "отложено")
        case .solved: language.pick("solved", ru: "решено")
        case .closed: language.pick("closed", ru: "закрыто")
        }
    }

    /// A ticket's priority.
    static func priority(_ word: String, _ language: Language) -> String {
        guard let priority = Priority(rawValue: word) else { return word }
        return switch priority {
        case .low: language.pick("low", ru: "низкий")
        case .normal: language.pick("normal", ru: "обычный")
        case .high: language.pick("high", ru: "высокий")
        case .urgent: language.pick("urgent", ru: "срочный")
        }
    }

    /// How a ticket or message arrived.
    static func channel(_ word: String, _ language: Language) -> String {
        guard let channel = Channel(rawValue: word) else { return word }
        return switch channel {
        case .email: language.pick("e-mail", ru: "почта")
        case .web: language.pick("web", ru: "сайт")
        case .chat: language.pick("chat", ru: "чат")
        case .phone: language.pick("phone", ru: "телефон")
        case .messenger: language.pick("messenger", ru: "мессенджер")
        case .social: language.pick("social", ru: "соцсети")
        case .api: language.pick("API", ru: "API")
        case .monitoring: language.pick("monitoring", ru: "мониторинг")
        }
    }

    /// What is promised.
    static func target(_ word: String, _ language: Language) -> String {
        guard let kind = TargetKind(rawValue: word) else { return word }
        return switch kind {
        case .firstResponse: language.pick("first response", ru: "первый ответ")
        case .nextResponse: language.pick("next response", ru: "следующий ответ")
        case .periodicUpdate: language.pick("periodic update", ru: "очередное сообщение")
        case .resolution: language.pick("resolution", ru: "решение")
        case .tierTime: language.pick("tier time", ru: "время линии")
        }
    }

    /// How a promise stands.
    static func targetState(_ word: String, _ language: Language) -> String {
        guard let state = TargetState(rawValue: word) else { return word }
        return switch state {
        case .running: language.pick("running", ru: "идёт")
        case .paused: language.pick("paused", ru: "на паузе")
        case .met: language.pick("met", ru: "выполнено")
        case .breached: language.pick("breached", ru: "нарушено")
        case .cancelled: language.pick("cancelled", ru: "отменено")
        case .waived: language.pick("waived", ru: "прощено")
        }
    }

    /// Who wrote a message, and who may read it.
    static func author(_ kind: String, _ visibility: String, _ language: Language) -> String {
        let word =
            switch AuthorKind(rawValue: kind) {
            case .requester: language.pick("requester", ru: "заявитель")
            case .agent: language.pick("agent", ru: "сотрудник")
            case .bot: language.pick("bot", ru: "робот")
            case .system: language.pick("system", ru: "система")
            case nil: kind
            }
        return visibility == "internal" ? language.pick("\(word), internal note", ru: "\(word), внутренняя заметка") : word
    }
}
