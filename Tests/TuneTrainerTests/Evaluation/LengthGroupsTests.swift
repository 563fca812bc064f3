import Testing
import TuneTrainer

@Suite struct LengthGroupsTests {
    @Test func groupsHoldNeighboursInLengthWithinTheLimit() {
        let lengths = [3, 50, 7, 7, 20, 1, 50, 8]
        let groups = lengthGroups(lengths, tokens: 60, leastRows: 1)
        #expect(groups == [[1], [6], [4, 7, 2], [3, 0, 5]])
    }

    @Test func everyRowComesOnce() {
        let lengths = (0..<997).map { $0 * 7919 % 131 }
        let groups = lengthGroups(lengths, tokens: 512, leastRows: 2)
        #expect(groups.joined().sorted() == Array(0..<997))
        for group in groups {
            let width = group.map { lengths[$0] }.max() ?? 0
            #expect(group.count <= 2 || group.count * width <= 512)
        }
    }

    @Test func aBatchOfTheArgumentsAlwaysFits() {
        #expect(lengthGroups([9, 9, 9, 9, 9], tokens: 1, leastRows: 4) == [[0, 1, 2, 3], [4]])
        #expect(lengthGroups([], tokens: 8, leastRows: 4).isEmpty)
    }

    @Test func paddingToAWidthCounts() {
        #expect(
            lengthGroups([1, 1, 1, 1], tokens: 20, leastRows: 1, leastWidth: 10)
                == [[0, 1], [2, 3]])
        #expect(lengthGroups([0, 0], tokens: 4, leastRows: 1) == [[0, 1]])
    }
}
