namespace DdocCost.Domain.Normalise.Services;

/// <summary>
/// Calls that look as if they cost and are not in the catalogue, and why: those billed one by one would be most of a trail, and tell
/// nothing that runs; the others cost nothing, or are told by another record.
/// </summary>
internal static class LeftOut
{
    private const string ByCall = "billed by the call";
    private const string Free = "leaves the rate as it is";
    private const string ByOther = "what it starts appears in records of its own";
    private const string Stays = "what it stops is billed on";
    private const string ByUse = "billed by use, or as what it writes";
    private const string Surcharge = "may add a surcharge, which the record does not tell";
    private const string Seller = "charges the seller's customer, not the caller";

    /// <summary>eventSource without domain, why, and the eventNames.</summary>
    public static readonly IReadOnlyList<(string Service, string Why, IReadOnlyList<string> Names)> All =
    [
        ("apigateway", Free, ["CreateDomainName"]),
        ("apprunner", Free, ["StartDeployment"]),
        ("athena", ByCall, ["StartCalculationExecution", "StartQueryExecution"]),
        ("autoscaling", ByOther, ["BatchPutScheduledUpdateGroupAction", "ExecutePolicy", "LaunchInstances", "StartInstanceRefresh"]),
        ("autoscaling", Free, ["EnterStandby", "ExitStandby", "ResumeProcesses", "SuspendProcesses"]),
        ("backup", ByOther, ["StartRestoreJob"]),
        ("bedrock", ByCall, ["Converse", "ConverseStream", "InvokeAgent", "InvokeModel", "InvokeModelWithResponseStream", "RetrieveAndGenerate"]),
        ("bedrock", Free, ["UpdateProvisionedModelThroughput"]),
        ("cloudfront", ByCall, ["CreateInvalidation"]),
        ("cloudtrail", ByCall, ["StartQuery"]),
        ("codepipeline", ByOther, ["StartPipelineExecution"]),
        ("cognito-idp", Free, ["UpdateUserPool"]),
        ("comprehend", ByCall, ["ClassifyDocument", "DetectEntities", "StartKeyPhrasesDetectionJob", "StartSentimentDetectionJob", "StartTopicsDetectionJob"]),
        ("datasync", Free, ["CreateAgent"]),
        ("directconnect", Free, ["AllocateConnectionOnInterconnect"]),
        ("dms", ByUse, ["StartReplicationTaskAssessmentRun"]),
        ("dynamodb", ByCall, ["BatchExecuteStatement", "BatchWriteItem", "ExecuteStatement", "PutItem", "TransactWriteItems", "UpdateItem"]),
        ("dynamodb", ByOther, ["UpdateTableReplicaAutoScaling"]),
        ("ebs", ByCall, ["CompleteSnapshot", "PutSnapshotBlock"]),
        ("ec2", ByOther, ["ImportInstance"]),
        ("ec2", ByUse, ["CreateInstanceExportTask", "CreateSpotDatafeedSubscription", "CreateVpnConcentrator", "ModifyDefaultCreditSpecification", "ModifyInstanceCreditSpecification", "StartNetworkInsightsAccessScopeAnalysis"]),
        ("ec2", Free,
        [
            "AssociateNatGatewayAddress", "CancelImportTask", "CreateReplaceRootVolumeTask", "CreateReservedInstancesListing",
            "CreateVerifiedAccessInstance", "ModifyInstanceCapacityReservationAttributes", "ModifyInstanceCpuOptions",
            "ModifyReservedInstances", "ModifyTransitGatewayVpcAttachment",
        ]),
        ("ecr", ByCall, ["BatchDeleteImage", "PutImage"]),
        ("ecr", Free, ["PutImageScanningConfiguration"]),
        ("ecs", Free, ["PutClusterCapacityProviders", "UpdateCapacityProvider", "UpdateCluster", "UpdateTaskSet"]),
        ("eks", Free, ["RegisterCluster", "UpdateNodegroupVersion"]),
        ("eks", Surcharge, ["CreateAddon", "UpdateClusterConfig", "UpdateClusterVersion"]),
        ("elasticache", ByOther, ["IncreaseNodeGroupsInGlobalReplicationGroup"]),
        ("elasticbeanstalk", ByOther, ["CreateStorageLocation"]),
        ("elasticfilesystem", Free, ["CreateMountTarget"]),
        ("elasticloadbalancing", Free, ["AttachLoadBalancerToSubnets", "EnableAvailabilityZonesForLoadBalancer", "SetSubnets"]),
        ("elasticmapreduce", ByOther, ["PutAutoScalingPolicy", "PutManagedScalingPolicy"]),
        ("elasticmapreduce", Free, ["AddJobFlowSteps"]),
        ("es", Free, ["UpgradeDomain", "UpgradeElasticsearchDomain"]),
        ("fsx", ByUse, ["CreateDataRepositoryTask"]),
        ("fsx", Free, ["UpdateVolume"]),
        ("gamelift", ByOther, ["StartFleetActions"]),
        ("glacier", ByCall, ["UploadArchive"]),
        ("globalaccelerator", Free, ["UpdateAccelerator"]),
        ("glue", ByOther, ["CreateCrawler", "CreateTrigger", "StartWorkflowRun"]),
        ("glue", ByUse, ["StartMLEvaluationTaskRun"]),
        ("glue", Free, ["UpdateDevEndpoint"]),
        ("kinesis", ByUse, ["EnableEnhancedMonitoring"]),
        ("kms", Free, ["DeleteKey", "EnableKey"]),
        ("kms", Surcharge, ["EnableKeyRotation"]),
        ("kms", Stays, ["DisableKey"]),
        ("lambda", ByCall, ["Invoke", "InvokeAsync"]),
        ("lambda", Free, ["DeleteFunction", "DeleteFunctionConcurrency", "PutFunctionConcurrency"]),
        ("lightsail", Free, ["StartInstance", "StartRelationalDatabase", "UpdateRelationalDatabase"]),
        ("lightsail", Stays, ["StopInstance"]),
        ("logs", ByCall, ["StartQuery"]),
        ("m2", Free, ["StartApplication"]),
        ("metering-marketplace", Seller, ["BatchMeterUsage", "MeterUsage", "RegisterUsage"]),
        ("polly", ByCall, ["StartSpeechSynthesisTask", "SynthesizeSpeech"]),
        ("quicksight", ByUse, ["CreateIngestion"]),
        ("rds", Free, ["CreateTenantDatabase", "ModifyDBProxy", "PromoteReadReplica", "SwitchoverBlueGreenDeployment"]),
        ("rds", ByUse, ["CreateCustomDBEngineVersion"]),
        ("rdsdata", ByCall, ["ExecuteStatement"]),
        ("redshift", Free, ["CreateScheduledAction", "CreateUsageLimit", "EnableLogging", "ModifyClusterSnapshotSchedule", "RestoreTableFromClusterSnapshot"]),
        ("redshift", ByUse, ["EnableSnapshotCopy"]),
        ("redshift-data", ByCall, ["BatchExecuteStatement", "ExecuteStatement"]),
        ("rekognition", ByCall, ["DetectLabels", "StartLabelDetection"]),
        ("route53domains", Free, ["EnableDomainAutoRenew"]),
        ("s3", ByCall, ["CompleteMultipartUpload", "CopyObject", "DeleteObject", "DeleteObjects", "GetObject", "PutObject", "RestoreObject", "UploadPart"]),
        ("s3-outposts", ByCall, ["PutObject"]),
        ("sagemaker", ByCall, ["InvokeEndpoint", "PutRecord"]),
        ("sagemaker", Free, ["CreateCompilationJob"]),
        ("ses", ByCall, ["SendBulkEmail", "SendEmail"]),
        ("ses", Free, ["CreateEmailIdentity", "PutAccountDedicatedIpWarmupAttributes", "UpdateAccountSendingEnabled"]),
        ("sns", ByCall, ["Publish"]),
        ("sns", Free, ["Subscribe"]),
        ("sqs", ByCall, ["SendMessage"]),
        ("states", ByCall, ["StartExecution", "StartSyncExecution", "StopExecution"]),
        ("storagegateway", ByUse, ["CreateSnapshot"]),
        ("textract", ByCall, ["AnalyzeDocument", "DetectDocumentText", "StartDocumentAnalysis"]),
        ("transcribe", ByCall, ["StartTranscriptionJob"]),
        ("transfer", Free, ["StartServer"]),
        ("transfer", Stays, ["StopServer"]),
        ("translate", ByCall, ["StartTextTranslationJob", "TranslateText"]),
        ("waf", Free, ["UpdateWebACL"]),
        ("waf-regional", Free, ["AssociateWebACL"]),
        ("wafv2", Free, ["AssociateWebACL"]),
        ("workspaces", ByUse, ["StartWorkspaces", "StopWorkspaces"]),
    ];
}
