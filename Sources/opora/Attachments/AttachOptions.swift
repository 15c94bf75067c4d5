public import ArgumentParser
public import OporaPluginKit

/// Files that go with a message.
struct AttachOptions: ParsableArguments, Sendable {
    @Option(
        name: .customLong("attach"), parsing: .upToNextOption,
        help: .both(
            "Files to send with it, or attachments sent before.", ru: "Файлы или отправленные раньше вложения.",
            valueName: "file or id"))
    var files: [String] = []

    /// Sends what is not sent yet; the ids, or nil where there are none.
    func send(_ desk: Desk, as actor: UserID?) async throws -> JSON? {
        var ids: [JSON] = []
        for file in files {
            if let known = AttachmentID(file) {
                ids.append(.string("\(known)"))
            } else if let id = try await FileSending(path: file, type: nil).send(desk, as: actor)["id"] {
                ids.append(id)
            }
        }
        return ids.isEmpty ? nil : .array(ids)
    }
}

extension Desk {
    /// Asks for something on behalf of somebody.
    func ask(_ method: String, _ params: JSON, as actor: UserID?) async throws -> JSON {
        do throws(CallError) {
            return try await client.call(
                method, params, onBehalfOf: actor, timeoutMilliseconds: Desk.fileMilliseconds)
        } catch {
            throw Failure(error, method: method)
        }
    }

    /// How long an answer about a file may take: the kernel reads all of it once.
    static let fileMilliseconds: Int64 = 60_000
}

extension AttachmentID: ExpressibleByArgument {}
extension ViewID: ExpressibleByArgument {}
extension MacroID: ExpressibleByArgument {}
