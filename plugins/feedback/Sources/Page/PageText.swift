/// The words of the page in one language.
struct PageText: Sendable {
    var language: PageLanguage

    private func say(_ english: String, _ russian: String) -> String { language == .ru ? russian : english }

    var title: String { say("How did we do?", "Оцените нашу работу") }
    func intro(_ ticket: String) -> String {
        say(
            "Your request \(ticket) is solved. One click is enough; a few words help us even more.",
            "Ваша заявка \(ticket) решена. Достаточно одной отметки, а пара слов поможет ещё больше.")
    }
    var question: String { say("How satisfied are you with the help you got?", "Насколько вы довольны помощью?") }
    /// From 1 to 5.
    var scores: [String] {
        language == .ru
            ? ["Очень плохо", "Плохо", "Нормально", "Хорошо", "Отлично"] : ["Very bad", "Bad", "Okay", "Good", "Very good"]
    }
    var comment: String { say("What should we know? (optional)", "Что нам стоит знать? (необязательно)") }
    var send: String { say("Send", "Отправить") }
    var otherLanguage: String { say("По-русски", "In English") }
    var scoreMissing: String { say("Please choose one of the five answers.", "Пожалуйста, выберите один из пяти ответов.") }
    func commentTooLong(_ limit: Int) -> String {
        say("Please shorten your comment to \(limit) characters.", "Пожалуйста, сократите комментарий до \(limit) символов.")
    }

    /// Heading and sentence of a page without a form.
    struct Notice: Hashable, Sendable {
        var heading: String
        var sentence: String
    }

    var thanks: Notice {
        .init(
            heading: say("Thank you!", "Спасибо!"),
            sentence: say("Your answer has been taken. You can close this page.", "Ваш ответ принят. Страницу можно закрыть."))
    }
    var answered: Notice {
        .init(
            heading: say("Already answered", "Ответ уже получен"),
            sentence: say(
                "This link was used; an answer can be given once. Thank you for it!",
                "Эта ссылка уже использована: ответить можно один раз. Спасибо за ваш ответ!"))
    }
    var expired: Notice {
        .init(
            heading: say("The link has expired", "Срок ссылки истёк"),
            sentence: say(
                "This survey is over. If something is not right, please just write to us again.",
                "Этот опрос завершён. Если что-то не так, просто напишите нам ещё раз."))
    }
    var withdrawn: Notice {
        .init(
            heading: say("We are working on it again", "Мы снова работаем над заявкой"),
            sentence: say(
                "The request was reopened, so there is nothing to rate yet. We will ask again when it is solved.",
                "Заявка открыта заново, оценивать пока нечего. Мы спросим ещё раз, когда она будет решена."))
    }
    var unknown: Notice {
        .init(
            heading: say("No such page", "Такой страницы нет"),
            sentence: say(
                "Please check that the whole link from the message was opened.",
                "Проверьте, что ссылка из письма открыта целиком."))
    }
    var tooLarge: Notice {
        .init(
            heading: say("Too much text", "Слишком много текста"),
            sentence: say("Please go back and shorten your comment.", "Вернитесь назад и сократите комментарий."))
    }
    var notAllowed: Notice {
        .init(
            heading: say("This can't be done here", "Здесь так нельзя"),
            sentence: say("Please open the link from the message.", "Откройте ссылку из письма."))
    }
    var broken: Notice {
        .init(
            heading: say("Something went wrong", "Что-то пошло не так"),
            sentence: say("Please try again in a minute.", "Попробуйте ещё раз через минуту."))
    }
}
