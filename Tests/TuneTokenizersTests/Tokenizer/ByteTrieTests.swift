import Testing
import TuneTokenizers

struct ByteTrieTests {
    @Test func everyKeyIsFoundAgain() {
        var trie = ByteTrie()
        let keys = (0..<5000).map { Array(String($0 * 7919, radix: 36).utf8) }
        for (number, key) in keys.enumerated() { trie.insert(key, Int32(number)) }
        for (number, key) in keys.enumerated() {
            #expect(trie[key].map { keys[Int($0)] } == key, "key \(number)")
        }
    }

    @Test func prefixesAreNoKeys() {
        var trie = ByteTrie()
        #expect(trie.insert("abc".utf8, 1) == nil)
        #expect(trie["ab".utf8] == nil)
        #expect(trie["abcd".utf8] == nil)
        #expect(trie["".utf8] == nil)
        #expect(trie.insert("abc".utf8, 2) == 1)
        #expect(trie["abc".utf8] == 2)
    }
}
