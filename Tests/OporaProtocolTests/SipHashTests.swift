import OporaProtocol
import Testing

@Suite("SipHash")
struct SipHashTests {
    /// The vectors of the paper's reference code: the key 00 01 ... 0f, the input 00 01 ... n-1.
    @Test(
        arguments: [
            (0, 0x726f_db47_dd0e_0e31), (1, 0x74f8_39c5_93dc_67fd), (8, 0x93f5_f579_9a93_2462), (15, 0xa129_ca61_49be_45e5),
            (16, 0x3f2a_cc7f_57c2_9bdb),
        ] as [(Int, UInt64)])
    func vectors(length: Int, expected: UInt64) {
        let key = SipHash.Key(low: 0x0706_0504_0302_0100, high: 0x0f0e_0d0c_0b0a_0908)
        #expect(SipHash.hash((0..<length).map { UInt8($0) }, key: key) == expected)
    }

    @Test("Keys made of different secrets differ")
    func keys() {
        #expect(SipHash.Key(secret: "a") != SipHash.Key(secret: "b"))
        #expect(SipHash.Key(secret: "a") == SipHash.Key(secret: "a"))
    }
}
