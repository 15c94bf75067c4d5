import OporaProtocol
import Testing

@Suite("Schemas of plugins")
struct SchemaTests {
    @Test(
        "A value is held against a schema; what does not fit is named",
        arguments: [
            (#"{}"#, #"{"a":1}"#, ""), (#"true"#, #"5"#, ""), (#"false"#, #"5"#, "unknown "),
            (#"{"type":"object"}"#, #"{}"#, ""), (#"{"type":"object"}"#, #"[]"#, "type "),
            (#"{"type":["string","null"]}"#, #"null"#, ""), (#"{"type":["string","null"]}"#, #"1"#, "type "),
            (#"{"type":"integer"}"#, #"1.0"#, ""), (#"{"type":"integer"}"#, #"1.5"#, "type "),
            (#"{"type":"number"}"#, #"1"#, ""), (#"{"type":"boolean"}"#, #"0"#, "type "),
            (#"{"enum":["a",1,null,[1,2]]}"#, #"1.0"#, ""), (#"{"enum":["a",1,null,[1,2]]}"#, #"[1,2.0]"#, ""),
            (#"{"enum":["a",1]}"#, #""b""#, "enum "), (#"{"const":{"a":1,"b":2}}"#, #"{"b":2,"a":1}"#, ""),
            (#"{"const":3}"#, #"4"#, "enum "), (#"{"const":null}"#, #"null"#, ""),
            (#"{"required":["a","b"]}"#, #"{"a":1}"#, "required /b"), (#"{"required":["a"]}"#, #"5"#, ""),
            (#"{"properties":{"a":{"type":"string"}}}"#, #"{"a":1,"b":1}"#, "type /a"),
            (#"{"properties":{"a":{}},"additionalProperties":false}"#, #"{"a":1,"b/c~d":1}"#, "unknown /b~1c~0d"),
            (#"{"additionalProperties":{"type":"integer"}}"#, #"{"a":1,"b":"x"}"#, "type /b"),
            (#"{"additionalProperties":true}"#, #"{"b":"x"}"#, ""),
            (#"{"items":{"type":"integer","minimum":1}}"#, #"[1,0,"x"]"#, "range /1;type /2"),
            (#"{"minimum":2,"maximum":3}"#, #"2.5"#, ""), (#"{"minimum":2}"#, #"1.99"#, "range "),
            (#"{"maximum":3}"#, #"4"#, "range "), (#"{"minimum":2}"#, #""text""#, ""),
            (#"{"maximum":9007199254740993}"#, #"9007199254740994"#, "range "),
            (#"{"minLength":2,"maxLength":3}"#, #""äöü""#, ""), (#"{"minLength":2}"#, #""ä""#, "range "),
            (#"{"maxLength":3}"#, #""abcd""#, "range "), (#"{"minLength":3,"maxLength":2}"#, #""ab""#, "range "),
            (#"{"minItems":1}"#, #"[]"#, "range "), (#"{"maxItems":1}"#, #"[1,2]"#, "range "),
            (
                #"{"type":"object","properties":{"list":{"items":{"properties":{"n":{"type":"string"}},"required":["n"]}}}}"#,
                #"{"list":[{"n":"x"},{},{"n":1}]}"#, "required /list/1/n;type /list/2/n"
            ),
        ])
    func check(schema: String, value: String, expected: String) throws {
        let found = try Schema(try JSON(parsing: schema)).check(try JSON(parsing: value))
        #expect(found.map { "\($0.rule) \($0.path)" }.joined(separator: ";") == expected)
        #expect(found.allSatisfy { !$0.message.isEmpty })
    }

    @Test(
        "A check that takes too many steps ends with a refusal, not with time",
        arguments: [
            // The same name required again and again, of many small objects.
            (
                #"{"items":{"required":[\#(Array(repeating: #""a""#, count: 1500).joined(separator: ","))]}}"#, #"{"a":1}"#, 800,
                "range "
            ),
            // A large object in each place, its members in another order: many, but each is looked at once.
            (
                #"{"items":{"const":{\#((0..<900).map { "\"\($0)\":0" }.joined(separator: ","))}}}"#,
                "{\((0..<900).reversed().map { "\"\($0)\":0" }.joined(separator: ","))}", 50, ""
            ),
            (#"{"items":{}}"#, "[]", 200_000, ""),
        ] as [(String, String, Int, String)])
    func steps(schema: String, item: String, count: Int, expected: String) throws {
        let value = JSON.array(Array(repeating: try JSON(parsing: item), count: count))
        let found = try Schema(try JSON(parsing: schema)).check(value)
        #expect(found.map { "\($0.rule) \($0.path)" }.joined(separator: ";") == expected)
    }

    @Test(
        "What is no schema is refused where it goes wrong",
        arguments: [
            (#"5"#, ""), (#"{"type":"text"}"#, "/type"), (#"{"type":[]}"#, "/type"), (#"{"enum":5}"#, "/enum"),
            (#"{"required":"a"}"#, "/required"), (#"{"required":[1]}"#, "/required"), (#"{"properties":[]}"#, "/properties"),
            (#"{"properties":{"a":{"minimum":"x"}}}"#, "/properties/a/minimum"), (#"{"items":3}"#, "/items"),
            (#"{"minLength":-1}"#, "/minLength"), (#"{"maxItems":1.5}"#, "/maxItems"),
            (#"{"additionalProperties":"no"}"#, "/additionalProperties"),
        ])
    func invalid(schema: String, path: String) throws {
        let source = try JSON(parsing: schema)
        let error = #expect(throws: SchemaError.self) { try Schema(source) }
        #expect(error?.path == path)
    }

    @Test("Keywords outside the subset are named; those for people are not")
    func ignored() throws {
        let schema = try Schema(
            [
                "$schema": "http://json-schema.org/draft-07/schema#", "title": "x", "description": "y", "default": 1,
                "pattern": "^a",
                "properties": ["a": ["format": "email", "items": [["type": "string"]]], "title": ["type": "string"]],
            ])
        #expect(schema.ignored == ["/pattern", "/properties/a/format", "/properties/a/items"])
        #expect(schema.check(["a": "no e-mail", "title": 5]).map(\.path) == ["/title"])
    }

    @Test("Size and depth are bounded, and so is what is found")
    func bounds() throws {
        var deep: JSON = [:]
        for _ in 0..<Schema.depth - 1 { deep = ["items": deep] }
        _ = try Schema(deep)
        #expect(throws: SchemaError.self) { try Schema(["items": deep]) }
        let wide = JSON.object(JSONObject((0...Schema.parts).map { ("p\($0)", [:]) }))
        #expect(throws: SchemaError.self) { try Schema(["properties": wide]) }
        #expect(throws: SchemaError.self) { try Schema(["enum": .array((0...Schema.parts).map { .int(Int64($0)) })]) }
        let many = JSON.array((0..<1000).map { .int($0) })
        #expect(try Schema(["items": ["type": "string"]]).check(many).count == Schema.violations)
    }

    @Test("Large values cost little more than one look")
    func large() throws {
        let members = JSON.object(JSONObject((0..<20_000).map { ("m\($0)", .int(Int64($0))) }))
        let schema = try Schema([
            "required": .array((0..<500).map { .string("m\($0)") }),
            "additionalProperties": ["enum": .array((0..<900).map { .int($0) })],
        ])
        let clock = ContinuousClock()
        let start = clock.now
        #expect(schema.check(members).count == Schema.violations)
        #expect(clock.now - start < .seconds(10))
    }
}

@Suite("Merge patch")
struct MergePatchTests {
    @Test(
        "The cases of RFC 7396",
        arguments: [
            (#"{"a":"b"}"#, #"{"a":"c"}"#, #"{"a":"c"}"#), (#"{"a":"b"}"#, #"{"b":"c"}"#, #"{"a":"b","b":"c"}"#),
            (#"{"a":"b"}"#, #"{"a":null}"#, #"{}"#), (#"{"a":"b","b":"c"}"#, #"{"a":null}"#, #"{"b":"c"}"#),
            (#"{"a":["b"]}"#, #"{"a":"c"}"#, #"{"a":"c"}"#), (#"{"a":"c"}"#, #"{"a":["b"]}"#, #"{"a":["b"]}"#),
            (#"{"a":{"b":"c"}}"#, #"{"a":{"b":"d","c":null}}"#, #"{"a":{"b":"d"}}"#),
            (#"{"a":[{"b":"c"}]}"#, #"{"a":[1]}"#, #"{"a":[1]}"#), (#"["a","b"]"#, #"["c","d"]"#, #"["c","d"]"#),
            (#"{"a":"b"}"#, #"["c"]"#, #"["c"]"#), (#"{"a":"foo"}"#, #"null"#, #"null"#), (#"{"a":"foo"}"#, #""bar""#, #""bar""#),
            (#"{"e":null}"#, #"{"a":1}"#, #"{"e":null,"a":1}"#), (#"[1,2]"#, #"{"a":"b","c":null}"#, #"{"a":"b"}"#),
            (#"{}"#, #"{"a":{"bb":{"ccc":null}}}"#, #"{"a":{"bb":{}}}"#),
        ])
    func cases(original: String, patch: String, result: String) throws {
        #expect(try JSON(parsing: original).merged(try JSON(parsing: patch)) == JSON(parsing: result))
    }
}
