using DdocCost.Domain.Normalise;
using Xunit;
using static DdocCost.Tests.Normalise.Records;

namespace DdocCost.Tests.Normalise.Services;

public sealed class OtherServicesTests
{
    [Theory]
    [InlineData("acm-pca", "CreateCertificateAuthority", "{}", """{"certificateAuthorityArn":"arn:ca"}""", "acm-pca:authority", "general-purpose", 1, "arn:ca")]
    [InlineData("airflow", "CreateEnvironment", """{"Name":"etl","EnvironmentClass":"mw1.large"}""", """{"Arn":"arn:etl"}""", "mwaa:environment", "mw1.large", 1, "etl")]
    [InlineData("amazonmq", "CreateBroker", """{"deploymentMode":"CLUSTER_MULTI_AZ","hostInstanceType":"mq.m5.large"}""", """{"brokerId":"b-1"}""", "mq:broker", "mq.m5.large", 3, "b-1")]
    [InlineData("bedrock", "CreateProvisionedModelThroughput", """{"modelUnits":2,"modelId":"arn:aws:bedrock:eu-west-1::foundation-model/claude","provisionedModelName":"m"}""", """{"provisionedModelArn":"arn:pm"}""", "bedrock:provisioned-throughput", "claude", 2, "arn:pm")]
    [InlineData("cloudhsm", "CreateHsm", """{"clusterId":"c-1"}""", """{"hsm":{"hsmId":"hsm-1"}}""", "cloudhsm:hsm", null, 1, "hsm-1")]
    [InlineData("dax", "CreateCluster", """{"clusterName":"d","nodeType":"dax.r5.large","replicationFactor":3}""", """{"cluster":{"clusterName":"d"}}""", "dax:node", "dax.r5.large", 3, "d")]
    [InlineData("dms", "CreateReplicationInstance", """{"replicationInstanceClass":"dms.t3.medium"}""", """{"replicationInstance":{"replicationInstanceIdentifier":"r","replicationInstanceClass":"dms.t3.medium"}}""", "dms:replication-instance", "dms.t3.medium", 1, "r")]
    [InlineData("ds", "CreateMicrosoftAD", """{"edition":"Standard"}""", """{"directoryId":"d-1"}""", "ds:directory", "microsoft-ad standard", 1, "d-1")]
    [InlineData("elasticfilesystem", "CreateFileSystem", """{"throughputMode":"provisioned","provisionedThroughputInMibps":512}""", """{"fileSystemId":"fs-1"}""", "efs:file-system", "provisioned", 1, "fs-1")]
    [InlineData("fsx", "CreateFileSystem", """{"fileSystemType":"WINDOWS","storageCapacity":1024}""", """{"fileSystem":{"fileSystemId":"fs-1"}}""", "fsx:file-system", "windows", 1, "fs-1")]
    [InlineData("globalaccelerator", "CreateAccelerator", """{"name":"a"}""", """{"accelerator":{"acceleratorArn":"arn:a"}}""", "globalaccelerator:accelerator", null, 1, "arn:a")]
    [InlineData("glue", "StartJobRun", """{"jobName":"compact","workerType":"G.2X","numberOfWorkers":10}""", """{"jobRunId":"jr_1"}""", "glue:job-run", "G.2X", 10, "jr_1")]
    [InlineData("glue", "CreateDevEndpoint", """{"endpointName":"dev","numberOfNodes":5}""", "{}", "glue:dev-endpoint", "DPU", 5, "dev")]
    [InlineData("elasticmapreduce", "RunJobFlow", """{"instances":{"masterInstanceType":"m5.xlarge","instanceCount":4}}""", """{"jobFlowId":"j-1"}""", "emr:cluster", "m5.xlarge", 4, "j-1")]
    [InlineData("kafka", "CreateCluster", """{"numberOfBrokerNodes":6,"brokerNodeGroupInfo":{"instanceType":"kafka.m5.large"}}""", """{"clusterArn":"arn:k"}""", "msk:cluster", "kafka.m5.large", 6, "arn:k")]
    [InlineData("kafka", "CreateClusterV2", """{"provisioned":{"numberOfBrokerNodes":3,"brokerNodeGroupInfo":{"instanceType":"kafka.m5.large"}}}""", """{"clusterArn":"arn:k"}""", "msk:cluster", "kafka.m5.large", 3, "arn:k")]
    [InlineData("kendra", "CreateIndex", """{"edition":"DEVELOPER_EDITION"}""", """{"id":"k-1"}""", "kendra:index", "developer_edition", 1, "k-1")]
    [InlineData("kinesis", "CreateStream", """{"streamName":"s","shardCount":200}""", "null", "kinesis:stream", "provisioned", 200, "s")]
    [InlineData("kms", "CreateKey", "{}", """{"keyMetadata":{"keyId":"k-1"}}""", "kms:key", null, 1, "k-1")]
    [InlineData("memorydb", "CreateCluster", """{"clusterName":"m","nodeType":"db.r6g.large","numShards":2,"numReplicasPerShard":2}""", "{}", "memorydb:node", "db.r6g.large", 6, "m")]
    [InlineData("network-firewall", "CreateFirewall", """{"firewallName":"f","subnetMappings":[{},{"subnetId":"a"}]}""", "{}", "network-firewall:endpoint", null, 2, "f")]
    [InlineData("redshift-serverless", "CreateWorkgroup", """{"workgroupName":"w","baseCapacity":512}""", "{}", "redshift:serverless-workgroup", null, 512, "w")]
    [InlineData("route53resolver", "CreateResolverEndpoint", """{"ipAddresses":[{"subnetId":"a"},{"subnetId":"b"}]}""", """{"resolverEndpoint":{"id":"rslvr-1"}}""", "route53:resolver-endpoint", null, 2, "rslvr-1")]
    [InlineData("secretsmanager", "CreateSecret", """{"name":"db"}""", """{"arn":"arn:db"}""", "secretsmanager:secret", null, 1, "arn:db")]
    [InlineData("transfer", "CreateServer", """{"protocols":["SFTP","FTPS"]}""", """{"serverId":"s-1"}""", "transfer:server", null, 2, "s-1")]
    [InlineData("workspaces", "CreateWorkspaces", """{"workspaces":[{"workspaceProperties":{"computeTypeName":"POWER","runningMode":"ALWAYS_ON"}}]}""", """{"pendingRequests":[{"workspaceId":"ws-1"}]}""", "workspaces:workspace", "power", 1, "ws-1")]
    public void Reads_what_was_started(string service, string name, string request, string response, string type, string? size, int quantity, string id)
    {
        var change = Change(service, name, request, response);
        Assert.Equal((ResourceAction.Start, type, size, (decimal)quantity), (change.Action, change.ResourceType, change.Size, change.Quantity));
        Assert.Equal([id], change.ResourceIds);
    }

    [Theory]
    [InlineData("acm-pca", "DeleteCertificateAuthority", """{"certificateAuthorityArn":"arn:ca"}""", "arn:ca")]
    [InlineData("airflow", "DeleteEnvironment", """{"Name":"etl"}""", "etl")]
    [InlineData("amazonmq", "DeleteBroker", """{"broker-id":"b-1"}""", "b-1")]
    [InlineData("dms", "DeleteReplicationInstance", """{"replicationInstanceArn":"arn:r"}""", "arn:r")]
    [InlineData("elasticmapreduce", "TerminateJobFlows", """{"jobFlowIds":["j-1"]}""", "j-1")]
    [InlineData("kafka", "DeleteCluster", """{"clusterArn":"arn%3Aaws%3Akafka%3Aeu-west-1%3A111122223333%3Acluster%2Fc%2F1"}""", "arn:aws:kafka:eu-west-1:111122223333:cluster/c/1")]
    [InlineData("kinesis", "DeleteStream", """{"streamARN":"arn:aws:kinesis:eu-west-1:111122223333:stream/s"}""", "s")]
    [InlineData("kms", "ScheduleKeyDeletion", """{"keyId":"arn:aws:kms:eu-west-1:111122223333:key/k-1"}""", "k-1")]
    [InlineData("network-firewall", "DeleteFirewall", """{"firewallArn":"arn:aws:network-firewall:eu-west-1:111122223333:firewall/f"}""", "f")]
    [InlineData("workspaces", "TerminateWorkspaces", """{"terminateWorkspaceRequests":[{"workspaceId":"ws-1"}]}""", "ws-1")]
    public void Reads_what_was_ended(string service, string name, string request, string id)
    {
        var change = Change(service, name, request);
        Assert.Equal(ResourceAction.Stop, change.Action);
        Assert.Equal([id], change.ResourceIds);
    }

    [Theory]
    [InlineData("dax", "IncreaseReplicationFactor", """{"clusterName":"d","newReplicationFactor":9}""", null, 9)]
    [InlineData("kafka", "UpdateBrokerCount", """{"clusterArn":"arn:k","targetNumberOfBrokerNodes":12}""", null, 12)]
    [InlineData("kafka", "UpdateBrokerType", """{"clusterArn":"arn:k","targetInstanceType":"kafka.m5.24xlarge"}""", "kafka.m5.24xlarge", 1)]
    [InlineData("kinesis", "UpdateShardCount", """{"streamName":"s","targetShardCount":500}""", "provisioned", 500)]
    [InlineData("airflow", "UpdateEnvironment", """{"Name":"etl","EnvironmentClass":"mw1.large"}""", "mw1.large", 1)]
    public void Reads_what_became_of_it(string service, string name, string request, string? size, int quantity)
    {
        var change = Change(service, name, request);
        Assert.Equal((ResourceAction.Change, size, (decimal)quantity), (change.Action, change.Size, change.Quantity));
    }

    [Theory]
    [InlineData("kafka", "UpdateBrokerType", """{"clusterArn":"arn:k","targetInstanceType":"kafka.m5.24xlarge"}""", true)]
    [InlineData("kafka", "UpdateBrokerCount", """{"clusterArn":"arn:k","targetNumberOfBrokerNodes":12}""", false)]
    [InlineData("ecs", "UpdateService", """{"service":"api","taskDefinition":"web:8"}""", true)]
    [InlineData("ecs", "RegisterTaskDefinition", """{"family":"web"}""", true)]
    [InlineData("sagemaker", "CreateEndpointConfig", """{"endpointConfigName":"c","productionVariants":[{"instanceType":"ml.m5.large","initialInstanceCount":1}]}""", false)]
    [InlineData("elasticache", "CreateCacheCluster", """{"cacheClusterId":"m","cacheNodeType":"cache.m5.large"}""", false)]
    public void Says_where_a_change_leaves_the_number_of_units_untold(string service, string name, string request, bool untold) =>
        Assert.Equal(untold, Change(service, name, request).QuantityUntold);

    [Fact]
    public void Reads_each_group_of_an_EMR_cluster() =>
        Assert.Equal(
            [("m5.xlarge", 1m), ("r5.4xlarge", 20m)],
            Understand("elasticmapreduce", "RunJobFlow", """{"instances":{"instanceGroups":[{"instanceType":"m5.xlarge","instanceCount":1},{"instanceType":"r5.4xlarge","instanceCount":20}]}}""")
                .Changes.Select(change => (change.Size!, change.Quantity)));

    [Fact]
    public void Limits_a_Glue_run_by_its_timeout()
    {
        Assert.Equal(1, Change("glue", "StartJobRun", """{"jobName":"a","timeout":60}""").Traits.MaxHours);
        Assert.Equal(48, Change("glue", "StartJobRun", """{"jobName":"a","maxCapacity":10}""").Traits.MaxHours);
    }

    [Fact]
    public void Refers_a_Glue_run_to_its_job_only_where_it_tells_no_size_of_its_own()
    {
        Assert.Equal("glue:job/a", Change("glue", "StartJobRun", """{"jobName":"a"}""").Definition);
        Assert.Null(Change("glue", "StartJobRun", """{"jobName":"a","workerType":"G.1X","numberOfWorkers":10}""").Definition);
    }

    [Fact]
    public void Tells_what_a_savings_plan_commits_to()
    {
        var change = Change("savingsplans", "CreateSavingsPlan", """{"savingsPlanOfferingId":"o","commitment":"10.0","upfrontPaymentAmount":"87600"}""", """{"savingsPlanId":"sp-1"}""");
        Assert.Equal((ResourceAction.OneTime, 10m, 87600m), (change.Action, change.CommittedUsdPerHour, change.PaidUsd));
    }
}
