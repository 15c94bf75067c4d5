import GRDBSQLite
import Glibc

/// How well a document fits: Okapi BM25 (k1 1.2, b 0.75) with the subject counting more than the text.
///
/// SQLite's own `bm25` counts every document of every term before the first row, which takes a tenth of a second for a common word
/// at a million documents. This one counts up to a limit and reckons the rest from how far it came.
enum Ranking {
    static let name = "opora_rank"
    /// Documents of a term that are counted.
    private static let counted = 2_000
    /// What a hit in the subject counts, against one in the text.
    private static let subjectWeight = 3.0
    private static let k1 = 1.2
    private static let b = 0.75

    /// What is the same for all rows of one query.
    private final class Figures {
        /// How rare each phrase is.
        var rarity: [Double] = []
        /// Mean terms of a document.
        var meanSize = 1.0
        /// Weighted hits of each phrase in the row at hand.
        var hits: [Double] = []
    }

    static let function: fts5_extension_function = { api, context, result, _, _ in
        guard let api, let context else { return }
        guard let figures = Ranking.figures(api, context) else { return sqlite3_result_error_nomem(result) }
        sqlite3_result_double(result, Ranking.score(api.pointee, context, figures))
    }

    private static func score(_ api: Fts5ExtensionApi, _ context: OpaquePointer, _ figures: Figures) -> Double {
        for index in figures.hits.indices { figures.hits[index] = 0 }
        var count: Int32 = 0
        _ = api.xInstCount?(context, &count)
        for index in 0..<count {
            var (phrase, column, offset) = (Int32(0), Int32(0), Int32(0))
            guard api.xInst?(context, index, &phrase, &column, &offset) == SQLITE_OK else { break }
            figures.hits[Int(phrase)] += column == 0 ? subjectWeight : 1
        }
        var size: Int32 = 0
        _ = api.xColumnSize?(context, -1, &size)
        let length = 1 - b + b * Double(size) / figures.meanSize
        var score = 0.0
        for (hits, rarity) in zip(figures.hits, figures.rarity) where hits > 0 {
            score += rarity * hits * (k1 + 1) / (hits + k1 * length)
        }
        return score
    }

    private static func figures(_ api: UnsafePointer<Fts5ExtensionApi>, _ context: OpaquePointer) -> Figures? {
        if let known = api.pointee.xGetAuxdata?(context, 0) {
            return Unmanaged<Figures>.fromOpaque(known).takeUnretainedValue()
        }
        let figures = Figures()
        var (rows, terms) = (sqlite3_int64(0), sqlite3_int64(0))
        _ = api.pointee.xRowCount?(context, &rows)
        _ = api.pointee.xColumnTotalSize?(context, -1, &terms)
        figures.meanSize = max(1, Double(terms) / Double(max(1, rows)))
        let phrases = api.pointee.xPhraseCount?(context) ?? 0
        figures.hits = Array(repeating: 0, count: Int(phrases))
        for phrase in 0..<phrases {
            let found = documents(of: phrase, api, context, rows: Double(rows))
            // Never negative, even for a word that most documents have.
            figures.rarity.append(log(1 + (Double(rows) - found + 0.5) / (found + 0.5)))
        }
        let kept = Unmanaged.passRetained(figures).toOpaque()
        let code = api.pointee.xSetAuxdata?(context, kept) {
            if let figures = $0 { Unmanaged<Figures>.fromOpaque(figures).release() }
        }
        return code == SQLITE_OK ? figures : nil
    }

    /// How far a count has come.
    private struct Count {
        var documents = 0
        var lastID: sqlite3_int64 = 0
    }

    /// Documents that have a phrase; reckoned, where they are many.
    private static func documents(
        of phrase: Int32, _ api: UnsafePointer<Fts5ExtensionApi>, _ context: OpaquePointer, rows: Double
    ) -> Double {
        var count = Count()
        _ = api.pointee.xQueryPhrase?(context, phrase, &count) { api, context, state in
            guard let api, let state else { return SQLITE_ERROR }
            let count = state.assumingMemoryBound(to: Count.self)
            count.pointee.documents += 1
            guard count.pointee.documents >= Ranking.counted else { return SQLITE_OK }
            count.pointee.lastID = api.pointee.xRowid?(context) ?? 0
            return SQLITE_DONE
        }
        guard count.lastID > 0 else { return Double(count.documents) }
        // Ids are given in order without holes, so the part of them that was passed is the part of the documents.
        return min(rows, Double(count.documents) * max(1, rows / Double(count.lastID)))
    }
}
