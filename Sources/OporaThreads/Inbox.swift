import Glibc

/// A bounded queue in front of one or more threads, which take all that waits at once.
///
/// Any thread may put; the taker sleeps while nothing is there. `@unchecked Sendable`: the fields are touched only
/// between lock and unlock of `mutex`, which must keep its address and so lives in allocated memory.
public final class Inbox<Element: Sendable>: @unchecked Sendable {
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let filled = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private let capacity: Int
    private var waiting: [Element] = []
    private var isClosed = false
    private var sleepers = 0

    /// - Parameter capacity: elements that may wait; what is over is refused.
    public init(capacity: Int) {
        self.capacity = capacity
        pthread_mutex_init(mutex, nil)
        var attributes = pthread_condattr_t()
        pthread_condattr_init(&attributes)
        pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
        pthread_cond_init(filled, &attributes)
        pthread_condattr_destroy(&attributes)
    }

    deinit {
        pthread_cond_destroy(filled)
        pthread_mutex_destroy(mutex)
        filled.deallocate()
        mutex.deallocate()
    }

    /// Adds an element; false where the inbox is full or closed, and the element was not taken.
    public func put(_ element: Element) -> Bool {
        // Not through the collection of one: making up its generic types would cost more than the rest.
        pthread_mutex_lock(mutex)
        let isTaken = !isClosed && waiting.count < capacity
        if isTaken { waiting.append(element) }
        let wake = isTaken && sleepers > 0
        pthread_mutex_unlock(mutex)
        if wake { pthread_cond_signal(filled) }
        return isTaken
    }

    /// Adds as many elements as there is room for, in order; returns how many.
    public func put(contentsOf elements: some Collection<Element>) -> Int {
        pthread_mutex_lock(mutex)
        let room = isClosed ? 0 : max(0, capacity - waiting.count)
        let taken = min(room, elements.count)
        waiting.append(contentsOf: elements.prefix(taken))
        let wake = min(sleepers, taken)
        pthread_mutex_unlock(mutex)
        for _ in 0..<wake { pthread_cond_signal(filled) }
        return taken
    }

    /// Moves up to `limit` waiting elements into `batch`, oldest first.
    /// - Parameter timeoutMilliseconds: how long to sleep for the first one; nil sleeps until it comes.
    /// - Returns: false once the inbox is closed and empty.
    public func take(into batch: inout [Element], limit: Int, timeoutMilliseconds: Int64? = nil) -> Bool {
        batch.removeAll(keepingCapacity: true)
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        if waiting.isEmpty, !isClosed { sleep(timeoutMilliseconds) }
        if waiting.count <= limit {
            swap(&batch, &waiting)
        } else {
            batch.append(contentsOf: waiting.prefix(limit))
            waiting.removeFirst(limit)
        }
        return !(batch.isEmpty && isClosed)
    }

    /// Takes away the first element that is meant, wherever it stands. Looks at all that wait.
    public func remove(where isMeant: (Element) -> Bool) -> Element? {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return waiting.firstIndex(where: isMeant).map { waiting.remove(at: $0) }
    }

    private func sleep(_ timeoutMilliseconds: Int64?) {
        sleepers += 1
        defer { sleepers -= 1 }
        guard let timeoutMilliseconds else {
            while waiting.isEmpty, !isClosed { pthread_cond_wait(filled, mutex) }
            return
        }
        var until = timespec()
        clock_gettime(CLOCK_MONOTONIC, &until)
        let nanoseconds = Int64(until.tv_nsec) + max(0, timeoutMilliseconds) * 1_000_000
        until.tv_sec += Int(nanoseconds / 1_000_000_000)
        until.tv_nsec = Int(nanoseconds % 1_000_000_000)
        while waiting.isEmpty, !isClosed {
            if pthread_cond_timedwait(filled, mutex, &until) == ETIMEDOUT { return }
        }
    }

    /// Refuses new elements and lets the taker end once it has taken the rest.
    public func close() {
        pthread_mutex_lock(mutex)
        isClosed = true
        pthread_mutex_unlock(mutex)
        pthread_cond_broadcast(filled)
    }

    /// Elements that wait now.
    public var count: Int {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return waiting.count
    }
}
