import OporaDomain
import OporaProtocol
import OporaStore
import OporaTime

/// Feedback: the score is a fact, the comment is content.
enum FeedbackCommands {
    static let all: [CommandMethod] = [
        CommandMethod("feedback.record", "ticket kind score comment? user?", "Records what a requester said of a ticket.") {
            context in
            let ticket = try context.ticket()
            let kind: SurveyKind = try context.params.word("kind")
            let score = try context.params.int("score", in: kind.scores)
            var user: UserID? = try context.params.optionalID("user")
            // A requester speaks for themselves.
            if user == nil, !context.sight.seesInternal { user = try context.actor()?.id }
            if let user { try context.requireUser(user) }
            var comment = try context.params.optionalText("comment", max: Limits.fieldCharacters)
            if comment?.isEmpty == true { comment = nil }
            context.state.ids.feedback += 1
            let feedback = Feedback(
                id: FeedbackID(rawValue: context.state.ids.feedback), ticket: ticket.id, user: user, kind: kind, score: score,
                comment: comment, createdAt: context.now)
            try context.record([feedback.event])
            context.commit.feedback.append(feedback)
            context.result.name("feedback")
            context.result.feedback(feedback)
        }
    ]
}
