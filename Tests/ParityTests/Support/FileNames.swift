/// What Python's files are called here, where they are not in a form that is safe to read.
private let renamed: [String: Set<String>] = [
    "training_args.bin": ["training_args.json"],
    "optimizer.pt": ["optimizer.safetensors", "optimizer.json", "progress.json"],
    "scheduler.pt": ["scheduler.json"],
    "rng_state.pth": ["rng_state.safetensors"],
]

/// The names expected in place of Python's in a folder: `.` for the output directory, otherwise a
/// checkpoint.
func expectedNames(_ names: [String], in folder: String) -> Set<String> {
    let added: Set<String> = folder == "." ? ["metrics.jsonl", ".run.json"] : ["manifest.json"]
    return names.reduce(into: added) { $0.formUnion(renamed[$1] ?? [$1]) }
}
