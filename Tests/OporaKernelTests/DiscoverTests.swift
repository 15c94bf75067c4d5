import OporaProtocol
import Testing

@testable import OporaKernel

@Suite("The methods as they are described")
struct DiscoverTests {
    @Test("Every method takes the parameters that its description names, and no others", arguments: MethodTable.specs.map(\.name))
    func parameters(name: String) throws {
        let spec = try #require(MethodTable.specs.first { $0.name == name })
        let description = try #require(Discovered.methods[name], "protocol/schemas/methods/\(name).json is missing")
        let params = (description["params"]?.array ?? []).filter { $0["name"] != "_meta" }
        let required = params.filter { $0["required"] == true }.compactMap { $0["name"]?.string }
        let optional = params.filter { $0["required"] != true }.compactMap { $0["name"]?.string }
        #expect(Set(required) == Set(spec.required))
        #expect(Set(optional) == Set(spec.optional))
        let kind = description["x-kind"]?.string
        #expect((kind == "command") == (MethodTable.commands[name] != nil), "x-kind is \(kind ?? "missing")")
    }

    @Test("No method is described that is not there")
    func descriptions() {
        #expect(Set(Discovered.methods.keys).subtracting(MethodTable.specs.map(\.name)).isEmpty)
    }

    @Test("rpc.discover shows what the caller may call, with the shapes that it refers to")
    func discover() throws {
        let reader = Identity(name: "r", roles: [], methods: ["ticket.get"], rights: [])
        let bench = try KernelBench(identities: [.owner, reader])
        let all = try bench.call("rpc.discover")
        #expect(all["methods"]?.array?.count == MethodTable.specs.count)
        #expect(all["components"]?["schemas"]?["ticket"]?["type"] == "object")
        let few = try bench.call("rpc.discover", as: "r")["methods"]?.array?.compactMap { $0["name"]?.string } ?? []
        #expect(few.contains("ticket.get") && few.contains("ping") && !few.contains("ticket.create"))
        bench.kernel.stop()
    }
}
