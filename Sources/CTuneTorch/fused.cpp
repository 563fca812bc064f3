#include "tt_fused.h"
#include "guard.h"
#include "recording.h"

#include "fused/attention.h"
#include "fused/embedding.h"
#include "fused/feed_forward.h"

namespace {

at::Tensor optional(tt_tensor t) { return t == nullptr ? at::Tensor() : tt::in(t); }

tt::NormParameters parameters(const tt_norm &norm) {
    return {tt::in(norm.gamma), tt::in(norm.beta), norm.epsilon};
}

} // namespace

tt_status tt_fused_linear(tt_tensor x, tt_tensor weight, tt_tensor bias, tt_tensor *out) noexcept {
    return tt::produce(out, [&] {
        TT_RECORD("fused_linear");
        return tt::fused_linear(tt::in(x), tt::in(weight), optional(bias));
    });
}

tt_status tt_fused_feed_forward(tt_tensor x, tt_layer inner, tt_layer outer, bool is_exact,
                                tt_norm norm, double dropout, tt_tensor *out) noexcept {
    return tt::produce(out, [&] {
        TT_RECORD("fused_feed_forward");
        return tt::fused_feed_forward(
            tt::in(x), {tt::in(inner.weight), optional(inner.bias)},
            {tt::in(outer.weight), optional(outer.bias)},
            is_exact ? tt::Gelu::exact : tt::Gelu::tanh, parameters(norm), dropout);
    });
}

tt_status tt_fused_residual_norm(tt_tensor x, tt_tensor weight, tt_tensor bias, tt_tensor residual,
                                 tt_norm norm, double dropout, tt_tensor *out) noexcept {
    return tt::produce(out, [&] {
        TT_RECORD("fused_residual_norm");
        return tt::fused_residual_norm(tt::in(x), tt::in(weight), optional(bias),
                                       tt::in(residual), parameters(norm), dropout);
    });
}

tt_status tt_fused_embedding(tt_token_triple ids, tt_token_triple tables, int64_t padding,
                             tt_norm norm, double dropout, tt_tensor *out) noexcept {
    return tt::produce(out, [&] {
        TT_RECORD("fused_embedding");
        return tt::fused_embedding(
            tt::in(ids.words), tt::in(ids.types), tt::in(ids.positions),
            {tt::in(tables.words), tt::in(tables.types), tt::in(tables.positions), padding},
            parameters(norm), dropout);
    });
}

tt_status tt_fused_attention(tt_tensor x, const int64_t *offsets, int64_t count,
                             tt_tensor queries, const int64_t *query_offsets, int64_t query_count,
                             tt_projections p, int64_t heads, double dropout,
                             tt_tensor *out) noexcept {
    return tt::produce(out, [&] {
        TT_RECORD("fused_attention");
        const tt::Sequences keys{tt::in(x), {offsets, offsets + count}};
        return tt::fused_attention(
            queries ? tt::Sequences{tt::in(queries), {query_offsets, query_offsets + query_count}}
                    : keys,
            keys,
            {{{tt::in(p.query_weight), optional(p.query_bias)},
              {tt::in(p.key_weight), optional(p.key_bias)},
              {tt::in(p.value_weight), optional(p.value_bias)}}},
            heads, dropout);
    });
}

const char *tt_kernel_level() noexcept { return tt::kernels().name; }

tt_status tt_set_kernel_level(const char *name) noexcept {
    return tt::guard([&] {
        TORCH_CHECK_VALUE(tt::select_kernels(name), "this processor has no kernels '", name, "'");
    });
}
