import ArgumentParser
import FineTuneKit

/// Options by the old names of fields, `FormerArgument.all`; help texts leave them out.
struct FormerOptions: FieldOptions {
    @Option(help: .private) var evaluationStrategy: String?
    @Option(help: .private) var noCuda: String?
    @Option(help: .private) var perGpuTrainBatchSize: String?
    @Option(help: .private) var perGpuEvalBatchSize: String?
    @Option(help: .private) var warmupRatio: String?
    @Option(help: .private) var groupByLength: String?
    @Option(help: .private) var includeInputsForMetrics: String?
    @Option(help: .private) var adafactor: String?
}

/// Options by the names of `ForeignArgument.all`, which say what to do instead; help texts leave
/// them out.
struct ForeignOptions: FieldOptions {
    @Option(help: .private) var torchCompile: String?
    @Option(help: .private) var torchCompileBackend: String?
    @Option(help: .private) var torchCompileMode: String?
    @Option(help: .private) var torchdynamo: String?
    @Option(help: .private) var jitModeEval: String?
    @Option(help: .private) var useLigerKernel: String?
    @Option(help: .private) var ligerKernelConfig: String?
    @Option(help: .private) var useIpex: String?
    @Option(help: .private) var optimTargetModules: String?
    @Option(help: .private) var project: String?
    @Option(help: .private) var trackioSpaceId: String?
    @Option(help: .private) var trackioBucketId: String?
    @Option(help: .private) var trackioStaticSpaceId: String?
    @Option(help: .private) var evalUseGatherObject: String?
    @Option(help: .private) var pushToHubModelId: String?
    @Option(help: .private) var pushToHubOrganization: String?
    @Option(help: .private) var pushToHubToken: String?
    @Option(help: .private) var parallelismConfig: String?
    @Option(help: .private) var fsdp: String?
    @Option(help: .private) var fsdpConfig: String?
    @Option(help: .private) var fsdpMinNumParams: String?
    @Option(help: .private) var fsdpTransformerLayerClsToWrap: String?
    @Option(help: .private) var deepspeed: String?
    @Option(help: .private) var ddpBroadcastBuffers: String?
    @Option(help: .private) var ddpStaticGraph: String?
    @Option(help: .private) var localRank: String?
    @Option(help: .private) var shardedDdp: String?
    @Option(help: .private) var mpParameters: String?
    @Option(help: .private) var rayScope: String?
    @Option(help: .private) var dispatchBatches: String?
    @Option(help: .private) var splitBatches: String?
    @Option(help: .private) var dataloaderMultiprocessingContext: String?
    @Option(help: .private) var debug: String?
    @Option(help: .private) var overwriteOutputDir: String?
    @Option(help: .private) var saveSafetensors: String?
    @Option(help: .private) var loggingDir: String?
    @Option(help: .private) var includeTokensPerSecond: String?
    @Option(help: .private) var useMpsDevice: String?
    @Option(help: .private) var tpuNumCores: String?
    @Option(help: .private) var tpuMetricsDebug: String?
    @Option(help: .private) var xpuBackend: String?
    @Option(help: .private) var fp16Backend: String?
    @Option(help: .private) var halfPrecisionBackend: String?
    @Option(help: .private) var fp16OptLevel: String?
    @Option(help: .private) var pastIndex: String?
    @Option(help: .private) var useLegacyPredictionLoop: String?
    @Option(help: .private) var lr: String?
    @Option(help: .private) var epochs: String?
    @Option(help: .private) var batchSize: String?
}
