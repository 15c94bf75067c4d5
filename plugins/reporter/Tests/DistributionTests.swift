import Testing

@testable import reporter

@Suite struct DistributionTests {
    @Test(
        arguments: [
            ([], nil, nil, nil),
            ([7], 7, 7, 7),
            ([1, 2], 1.5, 1.5, 1.9),
            ([3, 1, 2], 2, 2, 2.8),
            ([10, 40, 20, 30], 25, 25, 37),
            ([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], 6, 6, 10),
            ([0, 0, 0, 100], 25, 0, 70),
            ([1, 1, 2], 4.0 / 3.0, 1, 1.8),
        ] as [([Int64], Double?, Double?, Double?)])
    func `mean and quantiles at position (n-1)p`(_ values: [Int64], _ mean: Double?, _ median: Double?, _ p90: Double?) {
        let distribution = Distribution(values)
        #expect(distribution.n == values.count)
        #expect(distribution.mean == mean)
        #expect(distribution.median == median)
        #expect(distribution.p90 == p90)
    }
}
