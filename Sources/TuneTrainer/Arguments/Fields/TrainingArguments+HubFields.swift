extension TrainingArguments {
    static let hubFields: [ArgumentField] = [
        .bool("push_to_hub", \.pushToHub, "Upload the model to the Hub."),
        .string(
            "hub_model_id", \.hubModelID,
            "The repository: user/model, or model."),
        .secret(
            "hub_token", \.hubToken,
            "The token of the Hub; by default HF_TOKEN, or that of hf auth login."),
        .choice("hub_strategy", \.hubStrategy, "What is uploaded, and when."),
        .bool("hub_private_repo", \.hubPrivateRepo, "Make a new repository private."),
        .bool(
            "hub_always_push", \.hubAlwaysPush,
            "Upload a checkpoint although the upload before it still runs."),
        .string("hub_revision", \.hubRevision, "The branch, made if there is none."),
    ]
}
