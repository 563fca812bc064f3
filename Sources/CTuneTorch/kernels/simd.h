// Vectors of one instruction set. Included once per level, inside that level's namespace and after
// `TT_VECTOR_BYTES` is defined; see level.h. Nothing here includes a header, so that no inline
// function of the standard library is compiled for an instruction set the processor may lack.

#define TT_INLINE static inline __attribute__((always_inline))

constexpr int lanes = TT_VECTOR_BYTES / 4;

typedef float vf __attribute__((vector_size(TT_VECTOR_BYTES)));
typedef int32_t vi __attribute__((vector_size(TT_VECTOR_BYTES)));
typedef uint32_t vu __attribute__((vector_size(TT_VECTOR_BYTES)));

TT_INLINE vf splat(float x) { return x - vf{}; }
TT_INLINE vi splat_i(int32_t x) { return x - vi{}; }
TT_INLINE vu splat_u(uint32_t x) { return x - vu{}; }

TT_INLINE vf load(const float *p) {
    vf v;
    __builtin_memcpy(&v, p, sizeof v);
    return v;
}

TT_INLINE void store(float *p, vf v) { __builtin_memcpy(p, &v, sizeof v); }

/// The first `count` lanes; the others are zero.
TT_INLINE vf load_part(const float *p, int64_t count) {
    vf v = {};
    __builtin_memcpy(&v, p, static_cast<std::size_t>(count) * sizeof(float));
    return v;
}

TT_INLINE void store_part(float *p, vf v, int64_t count) {
    __builtin_memcpy(p, &v, static_cast<std::size_t>(count) * sizeof(float));
}

/// A vector, of which only `left` lanes are in memory when these are fewer than `lanes`.
TT_INLINE vf load_up_to(const float *p, int64_t left) {
    return left >= lanes ? load(p) : load_part(p, left);
}

TT_INLINE void store_up_to(float *p, vf v, int64_t left) {
    left >= lanes ? store(p, v) : store_part(p, v, left);
}

/// `x` in the lanes that `load_up_to` fills, zero in the others.
TT_INLINE vf splat_up_to(float x, int64_t left) {
    vf v = splat(x);
    for (int64_t lane = left; lane < lanes; lane++) v[lane] = 0;
    return v;
}

TT_INLINE void add_up_to(float *target, vf v, int64_t left) {
    store_up_to(target, load_up_to(target, left) + v, left);
}

/// A lambda for `for_vectors`: inlined, and so compiled for the instruction set of its caller.
#define TT_BODY [&](int64_t j, int64_t left) __attribute__((always_inline))

/// `body(j, left)` for the vectors that begin at `j` in a row of `count` elements; `left` is the
/// constant `lanes` but for a last incomplete vector.
template <class Body> TT_INLINE void for_vectors(int64_t count, Body body) {
    int64_t j = 0;
    for (; j + lanes <= count; j += lanes) body(j, lanes);
    if (j < count) body(j, count - j);
}

/// a·b + c, rounded once where the processor can.
TT_INLINE vf fma(vf a, vf b, vf c) {
#if TT_HAS_FMA
    return __builtin_elementwise_fma(a, b, c);
#else
    return a * b + c;
#endif
}

TT_INLINE vf max(vf a, vf b) { return __builtin_elementwise_max(a, b); }
TT_INLINE vf min(vf a, vf b) { return __builtin_elementwise_min(a, b); }
TT_INLINE vf abs(vf a) { return __builtin_elementwise_abs(a); }
TT_INLINE vf sqrt(vf a) { return __builtin_elementwise_sqrt(a); }

/// Asks for `bytes` of memory that are needed soon, to be read, or to be written. Rows of a tile lie
/// too far apart for the processor to look ahead by itself.
template <bool Written = false> TT_INLINE void prefetch(const void *p, int64_t bytes) {
    const char *line = static_cast<const char *>(p);
    for (int64_t i = 0; i < bytes; i += 64) __builtin_prefetch(line + i, Written);
}

/// `a` where the mask is set (all bits), else `b`.
TT_INLINE vf choose(vi mask, vf a, vf b) { return mask ? a : b; }

TT_INLINE vu bits(vf v) { return __builtin_bit_cast(vu, v); }
TT_INLINE vf from_bits(vu v) { return __builtin_bit_cast(vf, v); }

/// The sum of all lanes, pairwise.
TT_INLINE float sum(vf v) {
    float x[lanes];
    __builtin_memcpy(x, &v, sizeof v);
    for (int width = lanes / 2; width > 0; width /= 2) {
        for (int i = 0; i < width; i++) x[i] += x[i + width];
    }
    return x[0];
}

TT_INLINE float max_lane(vf v) {
    float x[lanes];
    __builtin_memcpy(x, &v, sizeof v);
    for (int width = lanes / 2; width > 0; width /= 2) {
        for (int i = 0; i < width; i++) x[i] = x[i] > x[i + width] ? x[i] : x[i + width];
    }
    return x[0];
}
