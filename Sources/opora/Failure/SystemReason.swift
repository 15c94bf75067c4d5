import Glibc

/// The system's reasons for a failure in both languages.
enum SystemReason {
    /// What an `errno` means: the common ones in Russian too.
    static func text(_ code: Int32) -> Bilingual {
        let en = String(cString: strerror(code))
        let ru =
            switch code {
            case ENOENT: "нет такого файла или папки"
            case EACCES, EPERM: "нет прав доступа"
            case EISDIR: "это папка"
            case ENOTDIR: "часть пути — не папка"
            case ECONNREFUSED: "никто не отвечает"
            case ENOSPC: "на диске нет места"
            case EIO: "ошибка чтения или записи диска"
            case EPIPE: "читатель закрыл канал"
            default: en
            }
        return Bilingual(en, ru: ru)
    }
}
