import Foundation
import Testing
import TuneTorch

struct ElementWiseTests {
    @Test func functionsOfOneNumber() {
        let x = Tensor([0.25] as [Double])
        func value(_ f: (Tensor) -> Tensor) -> Double { f(x).item() }
        #expect(value { $0.sqrt() } == 0.5 && value { $0.rsqrt() } == 2)
        #expect(value { $0.reciprocal() } == 4 && value { $0.pow(2) } == 0.0625)
        #expect(abs(value { $0.exp() } - exp(0.25)) < 1e-12)
        #expect(abs(value { $0.log() } - log(0.25)) < 1e-12)
        #expect(abs(value { $0.sin() } - sin(0.25)) < 1e-12)
        #expect(abs(value { $0.cos() } - cos(0.25)) < 1e-12)
        #expect(abs(value { $0.tanh() } - tanh(0.25)) < 1e-12)
    }

    @Test func roundingAndSigns() {
        let x = Tensor([-1.5, 0.5, 2.5])
        #expect(x.floor().floats() == [-2, 0, 2])
        #expect(x.round().floats() == [-2, 0, 2])
        #expect(x.sign().floats() == [-1, 1, 1])
        #expect(x.abs().floats() == [1.5, 0.5, 2.5])
    }

    @Test func rangesLimit() {
        let x = Tensor([-2.0, 0.0, 2.0])
        #expect(x.clamp(min: -1, max: 1).floats() == [-1, 0, 1])
        #expect(x.clamp(min: 1).floats() == [1, 1, 2])
        #expect(x.clamp(max: 1).floats() == [-2, 0, 1])
    }
}
