import OporaProtocol

extension Kernel {
    /// Runs the next entries of a batch. Returns once entries are under way whose answers carry on, or all are answered.
    func advance(_ batch: Batch) {
        while let wave = batch.nextWave() {
            for index in wave {
                take(
                    batch.entries[index], batch.identity,
                    ReplyTo(
                        peer: batch.peer, id: nil, batch: BatchSlot(batch: batch, index: index),
                        bytes: batch.bytes / batch.entries.count))
            }
            guard batch.waveIsUnderWay() else { return }
        }
        if let text = batch.text { output.send([.toPeer(batch.peer, text)]) }
    }

    /// Sets the answer to an entry (nil for a notification). Returns the answer to the whole batch where this was the last.
    func set(_ answer: [UInt8]?, in slot: BatchSlot, id: RequestID?) -> [UInt8]? {
        var answer = answer
        if let id, let text = answer, !slot.batch.hasRoom(for: text.count) {
            answer = Answer.failure(
                id,
                RPCError(
                    .responseTooLarge, "the answers of the batch exceed \(Limits.batchAnswerBytes) bytes; ask for this one alone")
            )
        }
        switch slot.batch.set(slot.index, answer) {
        case .open: return nil
        case .waveDone:
            advance(slot.batch)
            return nil
        case .allDone: return slot.batch.text
        }
    }
}
