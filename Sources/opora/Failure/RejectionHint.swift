import OporaPluginKit

/// What to do about an error of the kernel, where there is something that the error does not say itself.
enum RejectionHint {
    static func hint(_ code: ErrorCode) -> Bilingual? {
        switch code {
        case .notFound:
            Bilingual("Look for the right id with the `list` command.", ru: "Найдите нужный номер командой `list`.")
        case .versionConflict:
            Bilingual("Look at what changed, then repeat the command.", ru: "Посмотрите, что изменилось, и повторите команду.")
        case .methodNotFound:
            Bilingual("`opora methods` lists what there is.", ru: "`opora methods` покажет, какие методы есть.")
        case .forbidden, .unauthenticated:
            Bilingual(
                "Rights are given in the kernel's configuration, to your account or to the key of --key.",
                ru: "Права задаются в настройках ядра: вашей учётной записи или ключу из --key.")
        case .unavailable, .rateLimited, .tooManyInFlight, .deadlineExceeded:
            Bilingual("Nothing was done; try again in a moment.", ru: "Ничего не сделано; повторите чуть позже.")
        case .providerOffline, .providerTimeout, .providerError:
            Bilingual(
                "`opora status` shows which plugins run; their logs say more.",
                ru: "`opora status` покажет, какие плагины работают; подробности в их журналах.")
        case .internalError: Bilingual("The kernel's log says more.", ru: "Подробности в журнале ядра.")
        case .invalidCursor: Bilingual("Begin the list again without --cursor.", ru: "Начните список заново, без --cursor.")
        case .consumerNotFound:
            Bilingual("`opora consumer list` lists what there is.", ru: "`opora consumer list` покажет, какие есть.")
        default: nil
        }
    }
}
