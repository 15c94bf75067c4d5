/// Reads CSV (RFC 4180) row by row in constant memory.
///
/// Commas, quotes, doubled quotes, line feeds inside quotes, CRLF or LF, with or without BOM. A row of a wrong shape costs its
/// first line alone: reading goes on with the next one, so that one missing quote does not swallow the file.
struct CSVReader<Source: ByteSource> {
    /// Bytes of a row at most.
    let rowBytes: Int
    /// Bytes that are read at once.
    let chunkBytes: Int

    /// What comes next.
    enum Item: Hashable, Sendable {
        case row(CSVRow)
        case bad(line: Int, CSVFault)
        case end
    }

    private var source: Source
    private var buffer: [UInt8] = []
    /// Where the next row begins in `buffer`.
    private var start = 0
    private var line = 1
    private var isAtEnd = false
    private var isAtBeginning = true
    /// Columns that every row must have; nil before the header was read.
    private var columns: Int?
    private var row = CSVRow()
    /// Bytes of the source that have been dealt with.
    private(set) var bytesDone = 0

    init(_ source: Source, rowBytes: Int = 64 * 1024, chunkBytes: Int = 256 * 1024) {
        self.source = source
        self.rowBytes = rowBytes
        self.chunkBytes = chunkBytes
    }

    /// The next row. The first one decides how many columns the others must have.
    mutating func next() throws(ReadFault) -> Item {
        if isAtBeginning { try skipMark() }
        while true {
            let outcome = CSVScan.row(in: buffer, from: start, isAtEnd: isAtEnd, into: &row, line: line)
            switch outcome {
            case .nothing: return .end
            case .blank(let next): advance(to: next, lines: 1)
            case .needsMore:
                if buffer.count - start > rowBytes { return try giveUp(.tooLong(bytes: rowBytes)) }
                try fill()
            case .fault(let fault): return try giveUp(fault)
            case .row(let next, let lines, let isASCII):
                if next - start > rowBytes { return try giveUp(.tooLong(bytes: rowBytes)) }
                if !isASCII, String(validating: buffer[start..<next], as: UTF8.self) == nil { return try giveUp(.notUTF8) }
                if let columns, row.count != columns { return try giveUp(.columns(found: row.count, wanted: columns)) }
                columns = row.count
                advance(to: next, lines: lines)
                return .row(row)
            }
        }
    }

    private mutating func skipMark() throws(ReadFault) {
        isAtBeginning = false
        while buffer.count < 3, !isAtEnd { try fill() }
        if buffer.starts(with: [0xef, 0xbb, 0xbf]) { advance(to: 3, lines: 0) }
    }

    private mutating func advance(to next: Int, lines: Int) {
        bytesDone += next - start
        start = next
        line += lines
    }

    private mutating func fill() throws(ReadFault) {
        if start > 0 {
            buffer.removeFirst(start)
            start = 0
        }
        isAtEnd = !(try source.read(chunkBytes, into: &buffer))
    }

    /// Passes over the first line of a row that can't be read, however long it is.
    private mutating func giveUp(_ fault: CSVFault) throws(ReadFault) -> Item {
        let bad = line
        // A quote that is never closed looks too long.
        let isOpen = row.isOpen
        while true {
            if let feed = buffer[start...].firstIndex(of: 0x0a) {
                advance(to: feed + 1, lines: 1)
                break
            }
            advance(to: buffer.count, lines: 0)
            if isAtEnd { break }
            try fill()
        }
        if case .tooLong = fault, isOpen { return .bad(line: bad, .openQuote) }
        return .bad(line: bad, fault)
    }
}

/// Takes one row apart.
private enum CSVScan {
    enum Outcome {
        /// The source is at its end.
        case nothing
        case needsMore
        /// An empty line.
        case blank(next: Int)
        case row(next: Int, lines: Int, isASCII: Bool)
        case fault(CSVFault)
    }

    private enum State {
        case fieldStart, plain, quoted, afterQuote
    }

    static func row(in buffer: [UInt8], from start: Int, isAtEnd: Bool, into row: inout CSVRow, line: Int) -> Outcome {
        row.reset(line: line)
        return buffer.withUnsafeBufferPointer { bytes in
            scan(bytes, start, isAtEnd, &row)
        }
    }

    private static func scan(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ isAtEnd: Bool, _ row: inout CSVRow) -> Outcome {
        var state = State.fieldStart
        var at = start
        var lines = 1
        var all: UInt8 = 0
        while at < bytes.count {
            let byte = bytes[at]
            all |= byte
            if state == .quoted {
                if byte == 0x22 { state = .afterQuote } else { row.append(byte) }
                if byte == 0x0a { lines += 1 }
                at += 1
                continue
            }
            switch byte {
            case 0x2c:
                row.endField()
                state = .fieldStart
            case 0x0a: return end(&row, start, at, next: at + 1, lines, all)
            case 0x0d where at + 1 == bytes.count && !isAtEnd: return .needsMore
            case 0x0d where at + 1 < bytes.count && bytes[at + 1] == 0x0a: return end(&row, start, at, next: at + 2, lines, all)
            case 0x22 where state == .fieldStart: state = .quoted
            case 0x22 where state == .afterQuote:
                row.append(byte)
                state = .quoted
            case 0x22: return .fault(.strayQuote)
            default:
                if state == .afterQuote { return .fault(.strayQuote) }
                row.append(byte)
                state = .plain
            }
            at += 1
        }
        row.isOpen = state == .quoted
        if !isAtEnd { return .needsMore }
        if at == start { return .nothing }
        return state == .quoted ? .fault(.openQuote) : end(&row, start, at, next: at, lines, all)
    }

    private static func end(_ row: inout CSVRow, _ start: Int, _ at: Int, next: Int, _ lines: Int, _ all: UInt8) -> Outcome {
        if at == start { return .blank(next: next) }
        row.endField()
        return .row(next: next, lines: lines, isASCII: all < 0x80)
    }
}
