import TuneBase

extension TrainingArguments {
    /// Fields that say what is watched, shown and saved, and with what help, but not what the model
    /// becomes.
    private static let observingFields: Set<String> = [
        "output_dir", "run_name", "logging_strategy", "logging_steps", "logging_first_step",
        "logging_nan_inf_filter", "log_level", "log_level_replica", "log_on_each_node",
        "disable_tqdm", "progress", "report_to", "eval_strategy", "eval_steps", "eval_delay",
        "eval_on_start", "per_device_eval_batch_size", "prediction_loss_only",
        "eval_do_concat_batches", "eval_accumulation_steps", "include_for_metrics",
        "batch_eval_metrics", "bf16_full_eval", "fp16_full_eval", "save_strategy", "save_steps",
        "save_total_limit", "save_only_model", "save_on_each_node", "load_best_model_at_end",
        "metric_for_best_model", "greater_is_better", "do_train", "do_eval", "do_predict",
        "resume_from_checkpoint", "ignore_data_skip",
        "restore_callback_states_from_checkpoint", "enable_jit_checkpoint", "handle_signals",
        "interrupt_deadline", "non_finite_policy", "non_finite_limit", "dataloader_prefetch_factor",
        "dataloader_num_workers", "dataloader_pin_memory", "dataloader_persistent_workers",
        "dataloader_in_order", "skip_memory_metrics", "include_num_input_tokens_seen",
        "torch_empty_cache_steps", "auto_find_batch_size", "push_to_hub", "hub_model_id",
        "hub_token", "hub_strategy", "hub_private_repo", "hub_always_push", "hub_revision",
    ]

    /// What makes a training with these arguments take another course than one with `earlier` ones.
    ///
    /// - Parameter earlier: The fields of the earlier training by their Python names; those that
    ///   are missing are not compared.
    /// - Returns: Each differing field with both values: `learning_rate (5e-05, now 2e-05)`.
    func differences(from earlier: JSONObject) -> [String] {
        Self.fields.compactMap { field in
            let now = field.value(of: self)
            guard !Self.observingFields.contains(field.name), let before = earlier[field.name],
                before != now, before.double == nil || before.double != now.double
            else { return nil }
            return "\(field.name) (\(before.serialized()), now \(now.serialized()))"
        }
    }
}
