import OporaPluginKit

/// The words of the wire in the desk's language.
enum NoteWords {
    static func target(_ name: String, _ language: NoteLanguage) -> String {
        switch (TargetKind(rawValue: name), language) {
        case (.firstResponse, .en): "first response"
        case (.firstResponse, .ru): "первый ответ"
        case (.resolution, .en): "resolution"
        case (.resolution, .ru): "решение"
        case (.nextResponse, .en): "next response"
        case (.nextResponse, .ru): "следующий ответ"
        case (.periodicUpdate, .en): "periodic update"
        case (.periodicUpdate, .ru): "очередное сообщение"
        case (.tierTime, .en): "time in the group"
        case (.tierTime, .ru): "время в группе"
        case (nil, _): name
        }
    }

    static func priority(_ priority: Priority, _ language: NoteLanguage) -> String {
        guard language == .ru else { return priority.rawValue }
        return switch priority {
        case .low: "низкий"
        case .normal: "обычный"
        case .high: "высокий"
        case .urgent: "срочный"
        }
    }

    static func minutes(_ count: Int64, isWorkingTime: Bool, _ language: NoteLanguage) -> String {
        switch language {
        case .en: return "\(count) \(isWorkingTime ? "working " : "")minute\(count == 1 ? "" : "s")"
        case .ru:
            // After "в течение" the genitive stands: one form for 1, 21, 31, another for the rest.
            let isSingular = count % 10 == 1 && count % 100 != 11
            let working = isSingular ? "рабочей " : "рабочих "
            return "\(count) \(isWorkingTime ? working : "")\(isSingular ? "минуты" : "минут")"
        }
    }

    static func skipped(_ reason: SkipReason, _ language: NoteLanguage) -> String {
        let (english, russian) =
            switch reason {
            case .ticketGone: ("the ticket is gone", "заявки больше нет")
            case .ticketOver: ("the ticket is solved or closed", "заявка решена или закрыта")
            case .ticketWaits: ("the ticket waits on somebody", "заявка в ожидании")
            case .earlierCycle: ("the ticket was reopened since", "заявка с тех пор открыта заново")
            case .riskPassed: ("the risk has passed", "риск миновал")
            case .alreadyUrgent: ("the priority is urgent already", "приоритет уже срочный")
            case .noGroup: ("the ticket has no group, so no lead to assign", "у заявки нет группы, назначить некого")
            case .noLead: ("the group has no lead to assign", "у группы нет руководителя, назначить некого")
            case .alreadyTheirs: ("the lead has the ticket already", "заявка уже у руководителя группы")
            case .otherLog: ("it belongs to another desk", "относится к другой базе")
            }
        return language == .ru ? russian : english
    }
}
