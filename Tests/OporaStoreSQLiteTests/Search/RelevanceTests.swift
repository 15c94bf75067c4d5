import Foundation
import Testing

@testable import OporaStoreSQLite

/// What people type, and what they must find first: `Tests/Search/relevance.tsv` over `Tests/Search/corpus.tsv`.
@Suite("Search finds what is meant")
struct RelevanceTests {
    @Test("Every query of the table finds what it must, best first, and nothing that it must not")
    func table() throws {
        let bench = try SearchBench.withCorpus()
        let rows = try SearchBench.rows("relevance.tsv")
        #expect(rows.count >= 60)
        for row in rows {
            let (first, all, none) = (numbers(row, 1), numbers(row, 2), numbers(row, 3))
            let found = try bench.ids(row[0])
            if !first.isEmpty { #expect(found.first.map(first.contains) ?? false, "\(row[0]): \(found)") }
            #expect(Set(found).isSuperset(of: all), "\(row[0]): \(found)")
            #expect(Set(found).isDisjoint(with: none), "\(row[0]): \(found)")
        }
    }

    private func numbers(_ row: [String], _ column: Int) -> [Int64] {
        guard column < row.count else { return [] }
        return row[column].split(separator: ",").compactMap { Int64($0.trimmingCharacters(in: .whitespaces)) }
    }
}
