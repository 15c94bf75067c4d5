import Foundation

extension String {
    /// As the index reads it: letters that were typed as a letter and an accent become one, as keyboards write them.
    var searchable: String {
        // Combining accents are CC 80 to CD AF; most texts have none.
        utf8.contains { $0 == 0xcc || $0 == 0xcd } ? precomposedStringWithCanonicalMapping : self
    }
}
