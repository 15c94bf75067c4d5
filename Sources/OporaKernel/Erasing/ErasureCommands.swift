import OporaDomain
import OporaProtocol
import OporaStore
import OporaTime

/// Forgetting a person: who it was goes at once, the texts that they wrote in steps, so that commands run in between.
enum ErasureCommands {
    static let all: [CommandMethod] = [
        CommandMethod(
            "person.erase", "user subjects?", "Forgets a person: name, address, and what they wrote. It can't be taken back."
        ) { context in
            let id: UserID = try context.params.id("user")
            guard var user = try context.store.user(id) else { throw Rejection.notFound(kind: "user", id: "\(id)") }
            let subjects = try context.params.optionalBool("subjects") ?? false
            // Nobody forgets somebody who may do more than they.
            try context.checkGrants(context.state.rights.bearer(user).grants)
            if !user.isErased {
                try context.record([user.erase(subjects: subjects, at: context.now)])
                context.commit.users.append(user)
                for (identity, person) in context.state.identityUsers where person == id {
                    context.state.identityUsers[identity] = nil
                }
                context.state.importedUsers = [:]
            }
            // Asked again it goes through everything again: what is replaced already is no fact.
            let open = context.state.erasures.first { $0.user == id }
            if open == nil || subjects && open?.subjects == false {
                let erasure = Erasure(user: id, subjects: subjects || open?.subjects == true)
                context.state.erasures.removeAll { $0.user == id }
                context.state.erasures.append(erasure)
                context.commit.erasures.append(erasure)
            }
            context.result.name("user")
            context.result.user(user)
        }
    ]
}
