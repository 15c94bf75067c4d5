import OporaPluginKit

/// Any record of the desk as label and value, one member a line.
struct RecordView {
    var record: JSON
    var language: Language
    /// Shows an instant.
    var time: (Timestamp) -> String

    var rows: [[Cell]] {
        (record.object?.members ?? []).flatMap { member -> [[Cell]] in
            let lines = lines(member.name, member.value)
            return lines.enumerated().map { index, line in
                [Cell(index == 0 ? label(member.name) : "", .faint), Cell(line)]
            }
        }
    }

    private func lines(_ name: String, _ value: JSON) -> [String] {
        switch value {
        case .null: ["—"]
        case .bool(let flag): [flag ? language.pick("yes", ru: "да") : language.pick("no", ru: "нет")]
        case .int(let number): ["\(number)"]
        case .double(let number): ["\(number)"]
        case .string(let text): [name.hasSuffix("_at") || name.hasSuffix("_until") ? Timestamp(text).map(time) ?? text : text]
        case .array(let items):
            items.isEmpty
                ? ["—"] : items.contains { $0.object != nil } ? items.map(\.text) : [items.map(word).joined(separator: ", ")]
        case .object(let object): object.members.isEmpty ? ["—"] : object.members.map { line(name, $0.name, $0.value) }
        }
    }

    /// A member of a member: `urgent: first response 30 min, resolution 4 h`, `mon: 09:00-13:00, 14:00-18:00`.
    private func line(_ parent: String, _ name: String, _ value: JSON) -> String {
        switch (parent, value) {
        case ("targets", .object(let kinds)):
            let promises = kinds.members.map { kind in
                "\(Words.target(kind.name, language)) \(kind.value.int.map { Spans.working($0, language) } ?? kind.value.text)"
            }
            return "\(Words.priority(name, language)): \(promises.joined(separator: ", "))"
        case (_, .array(let items)):
            let words = items.map { item in
                item.array.map { $0.map(word).joined(separator: "-") } ?? word(item)
            }
            return "\(name): \(words.isEmpty ? language.pick("closed", ru: "закрыто") : words.joined(separator: ", "))"
        default: return "\(name): \(word(value))"
        }
    }

    private func word(_ value: JSON) -> String { value.string ?? value.text }

    /// What people call a member.
    private func label(_ name: String) -> String {
        let ru =
            switch name {
            case "id": "номер"
            case "version": "версия"
            // A person has a name of another word than a thing.
            case "name": record["roles"] == nil ? "название" : "имя"
            case "email": "почта"
            case "roles": "роли"
            case "organization": "организация"
            case "language": "язык"
            case "zone": "часовой пояс"
            case "identity": "учётная запись"
            case "external_id": "внешний номер"
            case "active": "действует"
            case "created_at": "создано"
            case "updated_at": "изменено"
            case "skills": "навыки"
            case "capacity": "берёт обращений"
            case "away": "отсутствует"
            case "tiers": "линии"
            case "base": "считается"
            case "role": "роль"
            case "methods": "может"
            case "deny": "не может"
            case "tickets": "обращения"
            case "internal": "видит заметки"
            case "lead": "руководитель"
            case "members": "участники"
            case "position": "очередь"
            case "calendar": "календарь"
            case "conditions": "условия"
            case "targets": "нормативы"
            case "warnings": "предупреждать при, %"
            case "hours": "часы работы"
            case "holidays": "праздники"
            case "holidays_yearly": "ежегодные праздники"
            case "overrides": "особые дни"
            case "breaks": "перерывы"
            case "always_open": "круглосуточно"
            case "owner": "владелец"
            case "status": "статус"
            case "category": "категория"
            case "built_in": "встроенный"
            case "label": "название"
            case "reason": "причина"
            case "retired_at": "отменено"
            case "field": "поле"
            case "kind": "вид"
            case "choices": "варианты"
            case "required_to_solve": "нужно до решения"
            case "strict_fields": "только объявленные поля"
            case "auto_close_days": "закрывать решённое через, дней"
            case "stuck_days": "забытым считать через, дней"
            case "claim_minutes": "занимать на, минут"
            case "transitions": "переходы"
            case "streams": "потоки"
            case "types": "типы событий"
            case "state": "состояние"
            case "acked_seq": "подтверждено до"
            case "parked": "отложено событий"
            case "max_deliver": "попыток на событие"
            case "lease_until": "читает до"
            case "lag": "отставание"
            case "holder": "сейчас читает"
            default: name
            }
        return language.pick(name.replacing("_", with: " "), ru: ru)
    }
}

extension Desk {
    /// Shows one record that a method returned as a member of its answer.
    func show(_ answer: JSON, _ member: String, _ method: String) throws {
        if output.json { return output.data(answer) }
        guard let record = answer[member] else { throw Failure.badAnswer(method) }
        let view = RecordView(record: record, language: language, time: local)
        output.record(view.rows)
    }

    /// Creates something and prints its id.
    func create(_ kind: String, _ params: JSON, _ options: ChangeOptions) async throws {
        let method = "\(kind).create"
        let answer = try await change(method, params, options)
        guard let id = answer[kind]?["id"]?.string else { throw Failure.badAnswer(method) }
        if output.json { output.data(answer) } else { output.line(id) }
    }
}
