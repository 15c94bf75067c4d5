extension FixedWidthInteger {
    /// Hexadecimal digits, as many as the type's bits ask for.
    public var hexadecimal: String {
        let digits = String(self, radix: 16)
        return String(repeating: "0", count: Self.bitWidth / 4 - digits.utf8.count) + digits
    }
}
