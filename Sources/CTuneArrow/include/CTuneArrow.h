#pragma once

// The C face of Arrow C++: columns, types, files and a little computation.
//
// Every function that returns `int32_t` is `noexcept` and returns 0 on success; otherwise
// `ta_last_error()` holds the message of the calling thread. Objects are immutable once made and
// may be used from several threads; each is released with its own `_free`.

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// A chunked, immutable Arrow column.
typedef struct ta_column ta_column;
/// An Arrow data type.
typedef struct ta_type ta_type;
/// Named columns read from a file.
typedef struct ta_table ta_table;

/// How the values of a type are read.
enum ta_kind {
    TA_NULL,
    TA_INT,
    TA_DOUBLE,
    TA_BOOL,
    TA_TEXT,
    TA_BINARY,
    TA_LIST,
    TA_STRUCT,
    TA_OTHER,
};

/// Which lists a list type has: offsets of 32 or 64 bits, or a fixed length.
enum ta_list { TA_LIST_32, TA_LIST_64, TA_LIST_FIXED };

/// Rows to read: `count` indices, or `count` rows from `start` where `indices` is null.
typedef struct ta_rows {
    const ptrdiff_t *indices;
    ptrdiff_t start;
    ptrdiff_t count;
} ta_rows;

/// Bytes inside a column; valid as long as the column is.
typedef struct ta_text {
    const uint8_t *bytes;
    ptrdiff_t count;
} ta_text;

/// The message of the last failure in this thread.
const char *ta_last_error(void);

// Types

void ta_type_free(ta_type *type);
int32_t ta_type_kind(const ta_type *type);
/// Arrow's own name of the type, such as `timestamp[s]`; lives as long as `type`.
const char *ta_type_name(const ta_type *type);
int32_t ta_type_list_variant(const ta_type *type);
/// The length of a fixed-size list, -1 for any other type.
ptrdiff_t ta_type_list_size(const ta_type *type);
ptrdiff_t ta_type_child_count(const ta_type *type);
const char *ta_type_child_name(const ta_type *type, ptrdiff_t index);
int32_t ta_type_child(const ta_type *type, ptrdiff_t index, ta_type **out);
/// Makes a type without children from the name that `datasets` gives it, such as `float32`.
int32_t ta_type_leaf(const char *name, ta_type **out);
int32_t ta_type_make_list(const ta_type *item, int32_t variant, ptrdiff_t size, ta_type **out);
int32_t ta_type_make_struct(
    const char *const *names, const ta_type *const *children, ptrdiff_t count, ta_type **out);

// Columns

void ta_column_free(ta_column *column);
ptrdiff_t ta_column_length(const ta_column *column);
ptrdiff_t ta_column_null_count(const ta_column *column);
int32_t ta_column_kind(const ta_column *column);
int32_t ta_column_type(const ta_column *column, ta_type **out);
/// The values of a list column, or one field of a structure column.
int32_t ta_column_child(const ta_column *column, ptrdiff_t index, ta_column **out);
int32_t ta_column_concatenate(
    const ta_column *const *columns, ptrdiff_t count, ta_column **out);
int32_t ta_column_take(const ta_column *column, ta_rows rows, ta_column **out);
int32_t ta_column_cast(const ta_column *column, const ta_type *type, ta_column **out);
int32_t ta_column_unique(const ta_column *column, ta_column **out);
/// Stable order of the rows by several columns of equal length; `out` has room for each row.
int32_t ta_sort_indices(
    const ta_column *const *columns, const int32_t *descending, ptrdiff_t count,
    int32_t nulls_first, ptrdiff_t *out);

// Reading rows. `valid` receives 1 or 0 per row and may be null for a column without nulls.

int32_t ta_read_ints(const ta_column *column, ta_rows rows, ptrdiff_t *out, uint8_t *valid);
int32_t ta_read_doubles(const ta_column *column, ta_rows rows, double *out, uint8_t *valid);
int32_t ta_read_bools(const ta_column *column, ta_rows rows, uint8_t *out, uint8_t *valid);
int32_t ta_read_texts(const ta_column *column, ta_rows rows, ta_text *out, uint8_t *valid);
int32_t ta_read_valid(const ta_column *column, ta_rows rows, uint8_t *valid);
/// Where the elements of each list lie in the column `ta_column_child(column, 0)`.
int32_t ta_read_ranges(
    const ta_column *column, ta_rows rows, ptrdiff_t *begins, ptrdiff_t *ends, uint8_t *valid);
/// The integers of several ranges, one after the other; `nulls` receives how many are null.
int32_t ta_read_int_ranges(
    const ta_column *column, const ptrdiff_t *begins, const ptrdiff_t *ends, ptrdiff_t count,
    ptrdiff_t *out, ptrdiff_t *nulls);

// Building columns from flat buffers; `valid` is null for a column without nulls.

int32_t ta_build_ints(
    const ptrdiff_t *values, ptrdiff_t count, const uint8_t *valid, ta_column **out);
int32_t ta_build_doubles(
    const double *values, ptrdiff_t count, const uint8_t *valid, ta_column **out);
int32_t ta_build_bools(
    const uint8_t *values, ptrdiff_t count, const uint8_t *valid, ta_column **out);
/// `offsets` has `count + 1` entries.
int32_t ta_build_texts(
    const uint8_t *bytes, const ptrdiff_t *offsets, ptrdiff_t count, const uint8_t *valid,
    int32_t binary, ta_column **out);
int32_t ta_build_list(
    const ta_column *values, const ptrdiff_t *offsets, ptrdiff_t count, const uint8_t *valid,
    ta_column **out);
int32_t ta_build_struct(
    const char *const *names, const ta_column *const *children, ptrdiff_t child_count,
    ptrdiff_t count, const uint8_t *valid, ta_column **out);
int32_t ta_build_nulls(const ta_type *type, ptrdiff_t count, ta_column **out);

// Files

void ta_table_free(ta_table *table);
ptrdiff_t ta_table_row_count(const ta_table *table);
ptrdiff_t ta_table_column_count(const ta_table *table);
const char *ta_table_name(const ta_table *table, ptrdiff_t index);
int32_t ta_table_column(const ta_table *table, ptrdiff_t index, ta_column **out);
/// The schema's metadata value for `key`, or null.
const char *ta_table_metadata(const ta_table *table, const char *key);

int32_t ta_read_parquet(const char *path, ta_table **out);
/// Writes to an open file, which stays open; `metadata` goes under the schema key `huggingface`.
int32_t ta_write_parquet(
    int32_t file_descriptor, const char *const *names, const ta_column *const *columns,
    ptrdiff_t count, const char *metadata);
/// Reads JSON Lines.
int32_t ta_read_json(const uint8_t *bytes, ptrdiff_t count, ta_table **out);

typedef struct ta_csv_options {
    uint8_t delimiter;
    uint8_t quote;
    /// Names used instead of a header line; null where the file has one.
    const char *const *names;
    ptrdiff_t name_count;
    /// Columns kept as text whatever they look like.
    const char *const *text_columns;
    ptrdiff_t text_column_count;
} ta_csv_options;

/// Reads CSV by the rules of `pandas.read_csv`.
int32_t ta_read_csv(
    const uint8_t *bytes, ptrdiff_t count, const ta_csv_options *options, ta_table **out);

#ifdef __cplusplus
}
#endif
