import ArgumentParser
import FineTuneKit
import Foundation

/// `finetune push`.
struct PushCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "push",
        abstract: "Upload a model directory to the Hugging Face Hub.",
        discussion: """
            Uploads the files of DIRECTORY as one commit, without checkpoints, hidden files and \
            names that begin with _, and prints the address. Files that the repository has already \
            are not sent again. The token is that of HF_TOKEN or of `hf auth login`.
            """)

    @Argument(help: "The directory.") var directory: String
    @Option(
        help: ArgumentHelp(
            "The repository, user/model or model; by default the name of the directory.",
            valueName: "name"))
    var repo: String?
    @Option(help: ArgumentHelp("The branch, made if there is none.", valueName: "name"))
    var revision = "main"
    @Option(help: ArgumentHelp("What the commit says.", valueName: "text"))
    var message = "Upload model"
    @Flag(help: "Make a new repository private.") var `private` = false
    @Flag(help: "Upload checkpoints and all other files too.") var all = false

    func run() throws {
        let folder = URL(fileURLWithPath: expandingTilde(directory)).standardizedFileURL
        guard FileManager.default.fileExists(atPath: folder.path) else {
            throw TuneError(
                .missingInput, "There is no directory \(folder.path).", remedy: "Check the path.")
        }
        let hub = try HubClient()
        let name = try repo.map { try RepositoryID($0) }
        let repository = try hub.createRepository(
            name ?? .suggested(by: folder.lastPathComponent), isPrivate: self.private ? true : nil)
        try hub.createBranch(revision, of: repository)
        let commit = try hub.uploadFolder(
            folder, to: repository, revision: revision, message: message,
            where: { all || isPublished($0) })
        Notices.write(
            commit.paths.isEmpty
                ? "\(repository) has everything already."
                : "Uploaded \(commit.paths.count) files to \(repository).")
        StreamSink.standardOutput.writeLine(commit.url)
    }
}
