import OporaPluginKit

/// The wording of every notice in Russian.
enum RussianLetters {
    static func letter(_ notice: Notice, _ f: LetterFacts) -> Letter {
        let (headline, parts) = content(notice, f)
        let greeting = f.reader.isEmpty ? "Здравствуйте!" : "Здравствуйте, \(f.reader)!"
        let footer = "\(f.ticket): \(f.shortSubject)\nЭто письмо отправлено автоматически."
        return Letter(f, headline: headline, parts: [greeting] + parts, footer: footer)
    }

    private static func content(_ notice: Notice, _ f: LetterFacts) -> (headline: String, parts: [String?]) {
        switch notice {
        case .assigned:
            ("Назначено вам", ["Заявка \(f.ticket) назначена вам.", card(f), f.shortText])
        case .groupAssigned:
            (
                "Заявка для вашей группы",
                [
                    "Заявка \(f.ticket) ждёт \(f.group.map { "в группе «\($0)»" } ?? "в вашей группе"). Её ещё никто не взял.",
                    card(f), f.shortText,
                ]
            )
        case .answered:
            ("Новый ответ", ["\(f.author ?? "Служба поддержки"): ответ на ваше обращение.", f.shortText])
        case .requesterWrote:
            ("Новое сообщение", ["\(f.author ?? "Заявитель"): новое сообщение в заявке \(f.ticket).", f.shortText])
        case .noteAdded:
            ("Внутренняя заметка", ["\(f.author ?? "Сервис"): внутренняя заметка к заявке \(f.ticket).", f.shortText])
        case .slaWarning:
            (
                "Риск нарушения SLA",
                [
                    "По заявке \(f.ticket) израсходовано \(f.percent.map { "\($0) %" } ?? "много") времени на \(target(f)).",
                    card(f),
                ]
            )
        case .slaBreached:
            ("Нарушен SLA", ["По заявке \(f.ticket) истекло время на \(target(f)).", card(f)])
        case .survey:
            (
                "Оцените нашу работу",
                [
                    "Ваше обращение \(f.ticket) решено. Оцените, пожалуйста, нашу работу — это займёт меньше минуты:", f.link,
                    "Спасибо!",
                ]
            )
        case .surveyReminder:
            (
                "Оцените нашу работу",
                [
                    "Нам по-прежнему важно ваше мнение о том, как мы решили обращение \(f.ticket):", f.link,
                    "Больше мы не напомним.",
                ]
            )
        }
    }

    private static func card(_ f: LetterFacts) -> String {
        [
            "Тема: \(f.shortSubject)", f.author.map { "От кого: \($0)" }, f.priority.map { "Приоритет: \(word($0))" },
            f.due.map { "Срок: \($0)" },
        ].compactMap { $0 }.joined(separator: "\n")
    }

    private static func target(_ f: LetterFacts) -> String {
        switch f.target {
        case .firstResponse: "первый ответ"
        case .nextResponse: "следующий ответ"
        case .periodicUpdate: "очередное сообщение"
        case .resolution: "решение"
        case .tierTime: "работу вашей группы"
        case nil: "работу по заявке"
        }
    }

    private static func word(_ priority: Priority) -> String {
        switch priority {
        case .low: "низкий"
        case .normal: "обычный"
        case .high: "высокий"
        case .urgent: "срочный"
        }
    }
}
