import Testing
import TuneTorch

struct CatchingErrorsTests {
    @Test func operandsThatDoNotFitAreNamed() throws {
        let error = try #require(throws: TorchError.self) {
            try catchingTorchErrors { Tensor.zeros([2, 3]).matmul(.zeros([4, 5])) }
        }
        #expect(error.operation == "matmul")
        #expect(error.message.contains("2x3") && error.message.contains("4x5"))
        #expect(error.message.contains("float32[2, 3], float32[4, 5]"))
        #expect(!error.isOutOfMemory)
    }

    @Test func laterOperationsGiveUndefinedTensors() throws {
        let error = try #require(throws: TorchError.self) {
            try catchingTorchErrors {
                let failed = Tensor.zeros([2]) + Tensor.zeros([3])
                #expect(!failed.isDefined)
                let later = Tensor.cat([failed.softmax(dim: 0), .ones([2])]).linear(
                    weight: .ones([2, 2]), bias: failed)
                #expect(!later.isDefined)
                #expect(later.shape == [] && later.item().isNaN && later.floats() == [])
                later.backward()
                later.fill_(1)
                later.requiresGrad = true
            }
        }
        #expect(error.operation == "+")
    }

    @Test func theFirstFailureWinsOverWhatTheBodyThrows() throws {
        struct Other: Error {}
        #expect(throws: TorchError.self) {
            try catchingTorchErrors {
                _ = Tensor.zeros([2, -3])
                throw Other()
            }
        }
        #expect(throws: Other.self) { try catchingTorchErrors { throw Other() } }
    }

    @Test func scopesNest() throws {
        let inner = try catchingTorchErrors {
            #expect(throws: TorchError.self) {
                try catchingTorchErrors { Tensor.zeros([1]).view([2]) }
            }
            return Tensor.ones([1]).item()
        }
        #expect(inner == 1)
    }

    @Test func exhaustedMemoryIsTold() throws {
        let error = try #require(throws: TorchError.self) {
            try catchingTorchErrors { Tensor.empty([1 << 50]) }
        }
        #expect(error.isOutOfMemory)
    }

    @Test func elementsMustFitTheShape() throws {
        let error = try #require(throws: TorchError.self) {
            try catchingTorchErrors { Tensor([1, 2, 3], [2, 2]) }
        }
        #expect(error.operation == "init")
    }
}
