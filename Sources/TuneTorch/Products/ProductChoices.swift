public import Foundation
import CTuneTorch
import Synchronization
import TuneBase

/// Who computes the matrix products of linear layers in the mode `fast`.
///
/// Usually that is decided by the processor alone. Which library is the fastest for a shape can be
/// measured, and is then kept in a file, `products-….json` in `finetune` below `$XDG_CACHE_HOME` or
/// `~/.cache`, for all programs of the user: results have the same bits in every run only if the
/// same one computes. On processors on which another than the usual one may well be faster, about
/// a fifth of a second is spent on that for each of the three kinds; elsewhere
/// `finetune bench --gemm --choose` measures.
///
/// The variable `FINETUNE_PRODUCTS` decides otherwise: `measure` has every processor measure, and
/// `usual` leaves the file alone.
public enum ProductChoices {
    private static let selector = Mutex<ProductSelector?>(nil)
    private static let isInUse = Mutex(false)

    /// Takes the stored choices and, where it is worth while, measures what they lack.
    ///
    /// Further calls in a process do nothing. The trainer calls this in the mode `fast`.
    ///
    /// - Parameter environment: The variables of the process.
    /// - Returns: What is wrong with the file or the variable, for a person to read; nil if nothing.
    @discardableResult
    public static func use(
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) -> String? {
        isInUse.withLock { isInUse in
            guard !isInUse else { return nil }
            isInUse = true
            return start(environment)
        }
    }

    private static func start(_ environment: [String: String]) -> String? {
        let wish = environment["FINETUNE_PRODUCTS"] ?? ""
        if wish == "usual" { return nil }
        guard let directory = directory(environment) else { return nil }
        let store = ProductStore(directory)
        var problem = ["", "measure"].contains(wish) ? nil : unknown(wish)
        var choices: [ProductKey: ProductChoice] = [:]
        do {
            choices = try store.read()
            try choices.install()
        } catch {
            choices = [:]
            problem =
                "Stored choices of matrix products are left alone. \(error.localizedDescription)"
        }
        let isOpen = [false, true].contains { tt_is_product_choice_open($0) }
        guard wish == "measure" || isOpen, store.isWritable else { return problem }
        selector.withLock { $0 = ProductSelector(store, choices) }
        tt_on_unknown_product({ ProductChoices.resolve($0) }, wish == "measure")
        return problem
    }

    /// Called by layers for products without a choice.
    private static func resolve(_ product: tt_product_choice) {
        guard let selector = selector.withLock({ $0 }),
            let kind = MatrixProduct.Kind(rawValue: product.kind),
            let key = ProductKey(
                MatrixProduct(
                    kind, rows: Int(product.bucket), inputs: Int(product.inputs),
                    outputs: Int(product.outputs), weights: Int(product.weights),
                    isBFloat16: product.is_bfloat16), threads: Int(product.threads))
        else { return }
        selector.resolve(key) { try? $0.install() }
    }

    /// Stores measured choices for this and later runs.
    ///
    /// What was measured before stays as it is: remove the file to begin anew.
    ///
    /// - Parameters:
    ///   - times: Times of products with 64 rows or more.
    ///   - environment: The variables of the process.
    /// - Returns: The file.
    /// - Throws: `TuneError` when there is no place for it or it cannot be written.
    public static func store(
        _ times: [(MatrixProduct, [MatrixProduct.Path: MatrixProduct.Time])],
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws -> URL {
        guard let directory = directory(environment) else {
            throw TuneError(
                .cannotCreate, "There is no directory for stored choices.",
                remedy: "Set XDG_CACHE_HOME or HOME.")
        }
        var choices: [ProductKey: ProductChoice] = [:]
        for (product, times) in times {
            guard let key = ProductKey(product) else { continue }
            choices[key] = ProductChoice(times, usual: product.usualPath)
        }
        let store = ProductStore(directory)
        do {
            try store.publish(choices, replacingGuesses: true).install()
        } catch let error as FileError {
            throw error.tuneError(.cannotCreate)
        }
        return store.file
    }

    private static func directory(_ environment: [String: String]) -> URL? {
        func value(_ name: String) -> String? {
            environment[name].flatMap { $0.hasPrefix("/") ? $0 : nil }
        }
        guard let cache = value("XDG_CACHE_HOME") ?? value("HOME").map({ $0 + "/.cache" }) else {
            return nil
        }
        return URL(filePath: cache).appendingPathComponent("finetune")
    }

    private static func unknown(_ wish: String) -> String {
        "FINETUNE_PRODUCTS is '\(wish)', which is neither 'measure' nor 'usual', and is left alone."
    }
}
