import Foundation
import Logging
import TuneBase

extension Trainer {
    /// The full name of the repository on the Hub; nil before it is known.
    public var hubModelID: String? { pushes?.report.repository }

    /// What came of the uploads so far.
    public var pushReport: PushReport { pushes?.report ?? PushReport() }

    /// Makes sure that the repository on the Hub exists.
    ///
    /// Creating a trainer with `pushToHub` does so. Where the Hub does not answer then, training
    /// goes on and each upload tries again.
    ///
    /// - Parameters:
    ///   - token: The token; nil takes `hubToken`.
    ///   - isPrivate: Whether a new repository is private; nil takes `hubPrivateRepo`.
    /// - Throws: `TuneError` when there is no uploader or no token, or the Hub refuses.
    public func initHFRepo(token: String? = nil, isPrivate: Bool? = nil) throws {
        _ = try pushQueue().prepare(hubRepository(token: token, isPrivate: isPrivate))
    }

    /// Uploads the model, its tokenizer and a model card: saves them in the output directory and
    /// commits that, without checkpoints, to the Hub.
    ///
    /// - Parameters:
    ///   - commitMessage: What the commit says.
    ///   - blocking: Whether to wait for the end of the upload.
    ///   - token: The token; nil takes `hubToken`.
    ///   - revision: The branch; nil takes `hubRevision`.
    ///   - isPrivate: Whether a new repository is private; nil takes `hubPrivateRepo`.
    ///   - card: What the model card says; see ``createModelCard(_:)``.
    /// - Returns: The commit; nil where nobody waits for it.
    /// - Throws: `TuneError` when there is no uploader, a file cannot be written, or the Hub
    ///   refuses or does not answer. The model is in the output directory then.
    @discardableResult
    public func pushToHub(
        commitMessage: String = "End of training", blocking: Bool = true, token: String? = nil,
        revision: String? = nil, isPrivate: Bool? = nil,
        card: ModelCardFacts = ModelCardFacts()
    ) throws -> UploadedCommit? {
        let queue = try pushQueue()
        try emit(.pushBegin)
        var repository = hubRepository(token: token, isPrivate: isPrivate)
        if let revision { repository.revision = revision }
        try saveModelWithoutPush(outputURL)
        try createModelCard(named(card))
        _ = queue.wait()
        let snapshot = try PushSnapshot(of: outputURL, message: commitMessage)
        let push = queue.push([snapshot], to: repository)
        guard blocking else { return nil }
        _ = queue.wait()
        return try push.commit()
    }

    /// Uploads after the user saved the model; a failure is a warning.
    func pushSavedModel() {
        guard args.pushToHub else { return }
        do {
            try pushToHub(commitMessage: "Model save")
        } catch {
            // The queue has said what became of an upload.
            if pushes?.report.problem == nil { pushes?.note(error) }
        }
    }

    /// Whether checkpoints are uploaded as they are made.
    var pushesCheckpoints: Bool {
        args.pushToHub && args.hubStrategy != .end && pushes != nil
    }

    /// Uploads the checkpoint that was just written, as `hubStrategy` says; a failure is a warning.
    func pushCheckpoint() throws {
        guard pushesCheckpoints, let pushes else { return }
        guard args.hubAlwaysPush || !pushes.isBusy else { return pushes.skip() }
        try emit(.pushBegin)
        do {
            if try mayWriteModelCard { try createModelCard(named(ModelCardFacts())) }
            pushes.push(try checkpointSnapshots(), to: hubRepository())
        } catch {
            pushes.note(error)
        }
    }

    private func checkpointSnapshots() throws -> [PushSnapshot] {
        let name = checkpointName(state.globalStep)
        let checkpoint = outputURL.appendingPathComponent(name)
        let message =
            args.saveStrategy == .steps
            ? "Training in progress, step \(state.globalStep)"
            : "Training in progress, epoch \(Int(state.epoch))"
        let model = try PushSnapshot(of: outputURL, model: checkpoint, message: message)
        guard args.hubStrategy != .everySave else { return [model] }
        let path = args.hubStrategy == .checkpoint ? "last-checkpoint" : name
        do {
            return [
                model,
                try PushSnapshot(
                    of: checkpoint, in: outputURL, at: path, message: "\(message), checkpoint"),
            ]
        } catch {
            model.remove()
            throw error
        }
    }

    /// Waits for uploads at the end of a training, unless a signal asks to end.
    func finishPushes() {
        guard let pushes else { return }
        if pushes.isBusy { logger.info("Waiting for the upload of a checkpoint to end.") }
        if !pushes.wait(unless: { Interruption.requested != nil }) { pushes.cancel() }
        progress.measures.pushes = pushes.report
    }

    /// Ends uploads where a training ends before its time: the process may be about to.
    func abandonPushes() {
        guard let pushes, pushes.isBusy else { return }
        pushes.cancel()
    }

    /// Makes the repository for a new trainer; a Hub that does not answer is tried again later.
    func prepareHub() throws {
        guard args.pushToHub else { return }
        do {
            try initHFRepo()
        } catch let error as TuneError where error.code == .unavailable {
            logger.warning("The repository on the Hub is not ready; uploads try again. \(error)")
        }
    }

    private func pushQueue() throws -> PushQueue {
        if let pushes { return pushes }
        throw TuneError(
            .badConfig, "push_to_hub needs an uploader, and the trainer has none.",
            remedy: "Pass uploader: HubUploader() to Trainer.")
    }

    private func hubRepository(
        token: String? = nil, isPrivate: Bool? = nil
    ) -> UploadRepository {
        UploadRepository(
            args.hubModelID ?? RepositoryID.suggested(by: outputURL.lastPathComponent).description,
            revision: args.hubRevision, isPrivate: isPrivate ?? args.hubPrivateRepo,
            token: token ?? args.hubToken)
    }

    /// A card headed by the repository's name unless it has another heading.
    private func named(_ card: ModelCardFacts) -> ModelCardFacts {
        var card = card
        card.modelName =
            card.modelName
            ?? args.hubModelID.flatMap { $0.split(separator: "/").last.map(String.init) }
        return card
    }
}
