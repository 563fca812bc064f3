import Testing
import TuneTorch

struct GradientsTests {
    @Test func gradientOfAPolynomial() throws {
        let x = Tensor([1.0, 2.0, 3.0])
        x.requiresGrad = true
        (x * x * x + 2 * x).sum().backward()
        #expect(try #require(x.grad).floats() == [5, 14, 29])
        #expect(x.isLeaf && !(x * 2).isLeaf)
    }

    @Test func gradientOfALinearLayer() throws {
        let x = Tensor([1.0, 2.0], [1, 2])
        let weight = Tensor([3.0, 4.0, 5.0, 6.0], [2, 2])
        let bias = Tensor([0.5, 0.5])
        for leaf in [x, weight, bias] { leaf.requiresGrad = true }
        x.linear(weight: weight, bias: bias).sum().backward()
        #expect(try #require(x.grad).floats() == [8, 10])
        #expect(try #require(weight.grad).floats() == [1, 2, 1, 2])
        #expect(try #require(bias.grad).floats() == [1, 1])
    }

    @Test func gradientsAccumulateUntilRemoved() throws {
        let x = Tensor([2.0])
        x.requiresGrad = true
        #expect(x.grad == nil)
        let y = x * x
        y.backward(retainGraph: true)
        y.backward()
        #expect(try #require(x.grad).floats() == [8])
        x.grad = nil
        #expect(x.grad == nil)
        x.grad = Tensor([7.0])
        #expect(try #require(x.grad).floats() == [7])
    }

    @Test func startingGradientIsUsed() throws {
        let x = Tensor([1.0, 1.0])
        x.requiresGrad = true
        (x * 3).backward(gradient: Tensor([1.0, 10.0]))
        #expect(try #require(x.grad).floats() == [3, 30])
    }

    @Test func nothingIsRecordedWithoutGradients() {
        let x = Tensor([1.0])
        x.requiresGrad = true
        withoutGradients {
            #expect(!isGradEnabled)
            #expect(!(x * 2).requiresGrad)
            withGradients(true) { #expect((x * 2).requiresGrad) }
            x.fill_(3)
        }
        #expect(isGradEnabled && x.item() == 3)
        #expect(!x.detached().requiresGrad)
    }

    @Test func integersHaveNoGradients() {
        #expect(throws: TorchError.self) {
            try catchingTorchErrors { Tensor([1]).requiresGrad = true }
        }
    }

    @Test func gradientMustHaveTheShapeOfItsTensor() {
        #expect(throws: TorchError.self) {
            try catchingTorchErrors { Tensor([1.0, 2.0]).grad = Tensor([1.0]) }
        }
    }

    @Test func dataIsReplacedInPlace() throws {
        let x = Tensor([1.0, 2.0])
        x.requiresGrad = true
        let alias = x
        x.setData(Tensor([5.0, 6.0]))
        #expect(alias.floats() == [5, 6] && alias.requiresGrad)
        (alias * 2).sum().backward()
        #expect(try #require(x.grad).floats() == [2, 2])
    }
}
