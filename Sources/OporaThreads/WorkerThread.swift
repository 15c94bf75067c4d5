import Glibc

/// A thread that runs one function to its end and can be waited for.
///
/// For what must stay on one thread for its whole life (ZeroMQ sockets, the writer's statements); everything else is a task.
public final class WorkerThread: Sendable {
    private let handle: pthread_t

    /// Starts the thread at once.
    public init(body: @escaping @Sendable () -> Void) {
        let box = Unmanaged.passRetained(Body(run: body))
        var thread = pthread_t()
        let result = pthread_create(
            &thread, nil,
            { argument in
                guard let argument else { return nil }
                Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run()
                return nil
            }, box.toOpaque())
        precondition(result == 0, "the system refuses another thread (\(result))")
        handle = thread
    }

    /// Waits until the thread has ended. Call it once.
    public func join() { pthread_join(handle, nil) }

    private final class Body: Sendable {
        let run: @Sendable () -> Void
        init(run: @escaping @Sendable () -> Void) { self.run = run }
    }
}
