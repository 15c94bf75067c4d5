import Glibc
import OporaTransport

/// A file with a CURVE key pair: JSON with `public_key` and `secret_key`, readable by its owner alone.
public enum KeyFile {
    /// Makes a key pair and writes it, or reads the one that is there; either way returns the public key.
    ///
    /// The file appears whole or not at all, and a second process that does the same at the same time gets the same key.
    public static func generate(at path: String) throws -> String {
        if access(path, F_OK) == 0 { return try publicKey(at: path) }
        let keys = CurveKeys.generate()
        let json: JSON = ["public_key": .string(keys.publicKey), "secret_key": .string(keys.secretKey)]
        let draft = "\(path).\(getpid()).new"
        defer { unlink(draft) }
        try write(json.bytes + Array("\n".utf8), to: draft)
        guard link(draft, path) == 0 else {
            if errno == EEXIST { return try publicKey(at: path) }
            throw KeyFileError(path: path, step: "put in its place", code: errno)
        }
        return keys.publicKey
    }

    /// The public key of the pair in a file.
    public static func publicKey(at path: String) throws(CallError) -> String {
        guard let keys = try DeskLocation(runFolder: "", keyFile: path).keys() else { throw .badKeyFile(path) }
        return keys.publicKey
    }

    private static func write(_ bytes: [UInt8], to path: String) throws(KeyFileError) {
        let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw KeyFileError(path: path, step: "made", code: errno) }
        defer { close(file) }
        // A key is some hundred bytes: a regular file takes them in one go or is full.
        guard Glibc.write(file, bytes, bytes.count) == bytes.count, fsync(file) == 0 else {
            throw KeyFileError(path: path, step: "written", code: errno)
        }
    }
}

/// A key file that could not be made.
public struct KeyFileError: Error, Sendable, CustomStringConvertible {
    /// Which file.
    public var path: String
    /// What was tried, as a participle: "written".
    var step: String
    var code: Int32

    /// A sentence with the system's reason.
    public var description: String { "\(path) could not be \(step): \(String(cString: strerror(code)))" }
}
