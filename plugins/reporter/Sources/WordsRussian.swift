import OporaPluginKit

extension Words {
    /// Russian.
    static let russian = Words(
        title: "Утренний отчёт", yesterday: "Вчера", lastDays: "За 7 дней",
        empty: "Обращений пока нет, сообщать не о чем.", nothing: "нет", noValue: "(не указано)",
        created: "Создано", solved: "Решено", closed: "Закрыто", reopened: "Открыто повторно",
        resolutionMedian: "Время решения, медиана", resolution90: "Время решения, 90 % не дольше",
        csat: "CSAT (ответов)", warnings: "Предупреждения SLA",
        chart: "Создано и решено по дням", backlog: "Не решено сейчас", age: "Возраст нерешённых", oldest: "Самые старые",
        sla: "SLA за 7 дней", met: "Соблюдено", breached: "Нарушено", compliance: "Доля соблюдения",
        noTargets: "ни один срок не завершился", breachedLastDay: "Нарушено за последние 24 часа", more: "и ещё:",
        bottleneck: "Узкое место за 7 дней", byGroup: "По группам, создано за 7 дней",
        byPriority: "По приоритетам, создано за 7 дней",
        statuses: [
            .new: "новые", .open: "в работе", .pending: "ждут заявителя", .onHold: "ждут третью сторону", .solved: "решённые",
            .closed: "закрытые",
        ],
        priorities: [.low: "низкий", .normal: "обычный", .high: "высокий", .urgent: "срочный"],
        targets: [
            .firstResponse: "первый ответ", .nextResponse: "следующий ответ", .periodicUpdate: "очередное сообщение",
            .resolution: "решение", .tierTime: "время в группе",
        ],
        ages: [
            .day: "до 1 дня", .threeDays: "1–3 дня", .week: "3–7 дней", .month: "7–30 дней", .older: "больше 30 дней",
        ],
        weekdays: ["понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье"],
        weekdaysShort: ["пн", "вт", "ср", "чт", "пт", "сб", "вс"],
        months: [
            "января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября",
            "декабря",
        ],
        monthsShort: ["янв", "фев", "мар", "апр", "мая", "июн", "июл", "авг", "сен", "окт", "ноя", "дек"],
        day: "д", hour: "ч", minute: "мин", space: " ", decimalMark: ",", percent: "\u{a0}%",
        hoursTotal: "ч всего", ticketsAtATime: "обращения одновременно в среднем", yearSuffix: " г.")
}
