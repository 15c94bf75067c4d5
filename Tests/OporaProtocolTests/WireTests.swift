import Foundation
import OporaProtocol
import OporaTime
import Testing

@Suite("Values on the wire")
struct WireTests {
    @Test("The golden header")
    func header() {
        let header = EventHeader(epoch: 1, seq: 919, prev: 915, recordedMicroseconds: 1_795_318_799_123_000)
        let golden = "4F50010000000001000000000000039700000000000003930006" + "60D53B47C238"
        #expect(header.bytes.map { String(format: "%02X", $0) }.joined() == golden)
        #expect(EventHeader(header.bytes) == header)
        #expect(EventHeader(Array(header.bytes.dropLast())) == nil)
        #expect(EventHeader([0] + header.bytes.dropFirst()) == nil)
    }

    @Test("Ids", arguments: [("T-1", Int64(1)), ("T-1042", 1042), ("T-999999999999999999", 999_999_999_999_999_999)])
    func ids(text: String, number: Int64) {
        #expect(TicketID(text)?.rawValue == number)
        #expect(TicketID(rawValue: number).description == text)
    }

    @Test(
        "What is no id", arguments: ["", "T", "T-", "T-0", "T-01", "U-1", "T-1x", "t-1", "T--1", "T-9999999999999999999", "T-１"])
    func noIDs(text: String) { #expect(TicketID(text) == nil) }

    private static func read(_ text: String) throws -> Request.Incoming { Request.read(try JSON(parsing: text)) }

    @Test("A missing id is a notification, null is an id")
    func missingID() throws {
        guard case .request(let notification) = try Self.read(#"{"jsonrpc":"2.0","method":"ping"}"#) else {
            Issue.record("no request")
            return
        }
        #expect(notification.id == nil)
        guard case .request(let request) = try Self.read(#"{"jsonrpc":"2.0","method":"ping","id":null}"#) else {
            Issue.record("no request")
            return
        }
        #expect(request.id == .null)
    }

    @Test(
        "Envelopes that are refused",
        arguments: [
            (#"1"#, "invalid_request"), (#"{"jsonrpc":"2.0","method":1,"id":1}"#, "invalid_request"),
            (#"{"jsonrpc":"1.0","method":"ping","id":1}"#, "invalid_request"), (#"{"method":"ping","id":1}"#, "invalid_request"),
            (#"{"jsonrpc":2.0,"method":"ping","id":1}"#, "invalid_request"),
            (#"{"jsonrpc":"2.0","method":"ping","id":1.5}"#, "invalid_request"),
            (#"{"jsonrpc":"2.0","method":"ping","id":9007199254740993}"#, "invalid_request"),
            (#"{"jsonrpc":"2.0","method":"ping","id":{}}"#, "invalid_request"),
            (#"{"jsonrpc":"2.0","method":"ping","id":true}"#, "invalid_request"),
            (#"{"jsonrpc":"2.0","method":"ping","id":1,"params":"x"}"#, "invalid_request"),
            (#"{"jsonrpc":"2.0","method":"ping","id":1,"params":null}"#, "invalid_request"),
            (#"{"jsonrpc":"2.0","method":"ping","id":1,"params":{"_meta":{"idempotency_key":""}}}"#, "invalid_params"),
            (#"{"jsonrpc":"2.0","method":"ping","id":1,"params":{"_meta":{"deadline_ms":0}}}"#, "invalid_params"),
            (#"{"jsonrpc":"2.0","method":"ping","id":1,"params":{"_meta":{"on_behalf_of":"T-1"}}}"#, "invalid_params"),
        ])
    func refused(text: String, code: String) throws {
        guard case .invalid(_, let error) = try Self.read(text) else {
            Issue.record("\(text) was taken")
            return
        }
        #expect(error.code.rawValue == code)
    }

    @Test("A fingerprint does not depend on the order of members, and on everything else it does")
    func fingerprints() throws {
        func print(_ text: String) throws -> Fingerprint {
            Fingerprint(method: "m", params: try #require(try JSON(parsing: text).object))
        }
        #expect(try print(#"{"a":1,"b":{"c":2,"d":3}}"#) == print(#"{"b":{"d":3,"c":2},"a":1}"#))
        #expect(try print(#"{"a":1}"#) != print(#"{"a":2}"#))
        #expect(try print(#"{"a":[1,2]}"#) != print(#"{"a":[2,1]}"#))
        #expect(Fingerprint(method: "x", params: JSONObject()) != Fingerprint(method: "y", params: JSONObject()))
    }

    @Test(
        "The digest of a request stays what it is: receipts outlive an update",
        arguments: [
            ("m", "{}", "10568b919c7fea8d31e313641e512e63"),
            (
                "ticket.create", #"{"subject":"a text of more than eight bytes, and then some","n":-7}"#,
                "a34057dcf3b30753f5550ca34148141f"
            ),
            ("ticket.reply", #"{"ticket":"T-1","text":"восемь","tags":["a",null,true,1.5]}"#, "47738a42d39cb786eca35fea546189e4"),
        ] as [(String, String, String)])
    func digests(method: String, params: String, expected: String) throws {
        let object = try #require(try JSON(parsing: params).object)
        #expect(Fingerprint(method: method, params: object).text == expected)
    }

    @Test("Every event type has its stream's name in front, and its CloudEvents name leads back")
    func eventTypes() {
        for type in EventType.allCases {
            #expect(type.rawValue.hasPrefix(type.stream.rawValue + "."))
            #expect(EventType(cloudEventsType: type.cloudEventsType) == type)
        }
        #expect(EventType(cloudEventsType: "opora.ticket.created.v2") == nil)
    }

    @Test("The error registry says what the code says")
    func errorRegistry() throws {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
            "../../protocol/errors.json")
        let registry = try JSONParser.parse([UInt8](try Data(contentsOf: file)))
        let entries = try #require(registry["errors"]?.array)
        #expect(entries.count == ErrorCode.allCases.count)
        for (entry, code) in zip(entries, ErrorCode.allCases) {
            #expect(entry["code"]?.int == code.number)
            #expect(entry["data_code"]?.string == code.rawValue)
            #expect(entry["retryable"]?.bool == code.isRetryable)
            #expect(entry["meaning"]?.string?.isEmpty == false)
        }
    }
}
