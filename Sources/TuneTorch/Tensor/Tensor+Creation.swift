import CTuneTorch

extension Tensor {
    /// A `float32` tensor of `values`, one-dimensional unless a shape is given.
    public init(_ values: [Float], _ shape: [Int]? = nil) {
        self.init(host: values, shape, .float32)
    }

    /// A `float64` tensor of `values`; literals prefer the `float32` form, as in Python.
    @_disfavoredOverload
    public init(_ values: [Double], _ shape: [Int]? = nil) {
        self.init(host: values, shape, .float64)
    }

    /// An `int64` tensor of `values`.
    public init(_ values: [Int], _ shape: [Int]? = nil) { self.init(host: values, shape, .int64) }

    /// An `int64` tensor of `values`.
    public init(_ values: [Int64], _ shape: [Int]? = nil) { self.init(host: values, shape, .int64) }

    /// An `int32` tensor of `values`.
    public init(_ values: [Int32], _ shape: [Int]? = nil) { self.init(host: values, shape, .int32) }

    /// A `uint8` tensor of `values`.
    public init(_ values: [UInt8], _ shape: [Int]? = nil) { self.init(host: values, shape, .uint8) }

    /// A `bool` tensor of `values`.
    public init(_ values: [Bool], _ shape: [Int]? = nil) { self.init(host: values, shape, .bool) }

    /// A tensor without axes that holds one number.
    public init(scalar: Double, dtype: DType = .float32, device: Device = .cpu) {
        self = .full([], scalar, dtype: dtype, device: device)
    }

    /// A tensor of elements that lie in memory in row-major order.
    ///
    /// - Parameters:
    ///   - bytes: The elements; they are copied.
    ///   - shape: The size of each axis.
    ///   - dtype: The type of the elements.
    ///   - device: Where the tensor goes.
    public init(
        bytes: UnsafeRawBufferPointer, shape: [Int], dtype: DType, device: Device = .cpu
    ) {
        self = .make("init") {
            tt_from_host(
                bytes.baseAddress, bytes.count, shape, Int32(shape.count), dtype.rawValue,
                device.raw, $0)
        }
    }

    private init<Element>(host values: [Element], _ shape: [Int]?, _ dtype: DType) {
        self = values.withUnsafeBytes {
            Tensor(bytes: $0, shape: shape ?? [values.count], dtype: dtype)
        }
    }

    /// A tensor whose elements are not set.
    public static func empty(
        _ shape: [Int], dtype: DType = .float32, device: Device = .cpu
    ) -> Tensor {
        new("empty", TT_FILL_NONE, shape, dtype, device)
    }

    /// A tensor of zeros.
    public static func zeros(
        _ shape: [Int], dtype: DType = .float32, device: Device = .cpu
    ) -> Tensor {
        new("zeros", TT_FILL_ZEROS, shape, dtype, device)
    }

    /// A tensor of ones.
    public static func ones(
        _ shape: [Int], dtype: DType = .float32, device: Device = .cpu
    ) -> Tensor {
        new("ones", TT_FILL_ONES, shape, dtype, device)
    }

    /// A tensor whose elements are all `value`.
    public static func full(
        _ shape: [Int], _ value: Double, dtype: DType = .float32, device: Device = .cpu
    ) -> Tensor {
        make("full") {
            tt_full(shape, Int32(shape.count), value, dtype.rawValue, device.raw, $0)
        }
    }

    /// The `int64` numbers from 0 up to, not including, `end`.
    public static func arange(_ end: Int, device: Device = .cpu) -> Tensor {
        make("arange") { tt_arange(Int64(end), device.raw, $0) }
    }

    /// Zeros of this tensor's shape, type and device.
    public func zerosLike() -> Tensor { .zeros(shape, dtype: dtype, device: device) }

    private static func new(
        _ operation: StaticString, _ fill: Int, _ shape: [Int], _ dtype: DType, _ device: Device
    ) -> Tensor {
        make(operation) {
            tt_new(
                Int32(fill), shape, Int32(shape.count), dtype.rawValue, device.raw, $0)
        }
    }
}
