using DdocCost.Domain.Normalise;
using Xunit;
using static DdocCost.Tests.Normalise.Records;

namespace DdocCost.Tests.Normalise.Services;

public sealed class DatabaseTests
{
    [Fact]
    public void Reads_a_database_with_its_storage_and_standby()
    {
        var change = Change(
            "rds", "CreateDBInstance", """{"dBInstanceIdentifier":"Main","dBInstanceClass":"db.r5.large","engine":"MySQL","multiAZ":true,"allocatedStorage":100,"masterUserPassword":"****"}""",
            """{"dBInstanceIdentifier":"main","dBInstanceClass":"db.r5.large","engine":"mysql","multiAZ":true,"allocatedStorage":100,"storageType":"gp3","storageThroughput":0}""");
        Assert.Equal((ResourceAction.Start, "rds:db", "db.r5.large"), (change.Action, change.ResourceType, change.Size));
        Assert.Equal(["main"], change.ResourceIds);
        Assert.Equal(new ResourceTraits { Engine = "mysql", MultiAz = true, StorageGib = 100, StorageType = "gp3" }, change.Traits);
    }

    [Theory]
    [InlineData("""{"DBInstanceIdentifier":"MAIN","DBInstanceClass":"db.r5.large","AllocatedStorage":"100","MultiAZ":"true"}""")]
    [InlineData("""{"dbInstanceIdentifier":"main","dbInstanceClass":"db.r5.large","allocatedStorage":100.0,"multiAz":true}""")]
    public void Reads_a_database_in_any_spelling(string request)
    {
        var change = Change("rds", "CreateDBInstance", request);
        Assert.Equal("db.r5.large", change.Size);
        Assert.Equal(["main"], change.ResourceIds);
        Assert.Equal((100m, true), (change.Traits.StorageGib, change.Traits.MultiAz));
    }

    [Fact]
    public void Reads_what_a_database_becomes_though_the_answer_shows_what_it_was()
    {
        var change = Change(
            "rds", "ModifyDBInstance", """{"dBInstanceIdentifier":"main","dBInstanceClass":"db.r5.24xlarge","applyImmediately":true}""",
            """{"dBInstanceIdentifier":"main","dBInstanceClass":"db.r5.large","engine":"postgres","multiAZ":true,"allocatedStorage":100,"pendingModifiedValues":{"dBInstanceClass":"db.r5.24xlarge"}}""");
        Assert.Equal((ResourceAction.Change, "db.r5.24xlarge", "db.r5.large"), (change.Action, change.Size, change.PreviousSize));
        Assert.Equal(new ResourceTraits { Engine = "postgres", MultiAz = true, StorageGib = 100 }, change.Traits);
        Assert.Null(change.Note);
    }

    [Fact]
    public void Says_when_a_change_waits_for_the_maintenance_window() =>
        Assert.Contains("maintenance window", Change("rds", "ModifyDBInstance", """{"dBInstanceIdentifier":"main","allocatedStorage":500,"applyImmediately":false}""").Note, StringComparison.Ordinal);

    [Theory]
    [InlineData("CreateDBInstanceReadReplica", """{"dBInstanceIdentifier":"copy","sourceDBInstanceIdentifier":"main"}""")]
    [InlineData("RestoreDBInstanceFromDBSnapshot", """{"dBInstanceIdentifier":"copy","dBSnapshotIdentifier":"snap"}""")]
    [InlineData("RestoreDBInstanceToPointInTime", """{"sourceDBInstanceIdentifier":"main","targetDBInstanceIdentifier":"copy"}""")]
    [InlineData("StartDBInstance", """{"dBInstanceIdentifier":"copy"}""")]
    public void Starts_a_database_in_every_way_there_is(string name, string request)
    {
        var change = Change("rds", name, request, """{"dBInstanceIdentifier":"copy","dBInstanceClass":"db.t3.medium"}""");
        Assert.Equal((ResourceAction.Start, "db.t3.medium"), (change.Action, change.Size));
        Assert.Equal(["copy"], change.ResourceIds);
    }

    [Theory]
    [InlineData("StopDBInstance")]
    [InlineData("DeleteDBInstance")]
    public void Ends_a_database(string name) => Assert.Equal(["main"], Change("rds", name, """{"dBInstanceIdentifier":"Main"}""").ResourceIds);

    [Fact]
    public void Counts_a_multi_zone_cluster_as_three_instances()
    {
        var change = Change("rds", "CreateDBCluster", """{"dBClusterIdentifier":"main","dBClusterInstanceClass":"db.r6gd.large","engine":"postgres","allocatedStorage":100,"iops":3000}""", """{"dBClusterIdentifier":"main","dBClusterInstanceClass":"db.r6gd.large","engine":"postgres","multiAZ":true}""");
        Assert.Equal(("rds:cluster", "db.r6gd.large", 3m, false), (change.ResourceType, change.Size, change.Quantity, change.Traits.MultiAz));
        Assert.Equal(("rds:cluster", "main"), (Change("rds", "DeleteDBCluster", """{"dBClusterIdentifier":"Main"}""").ResourceType, "main"));
    }

    [Fact]
    public void Counts_an_Aurora_cluster_by_the_instances_in_it()
    {
        var cluster = Change("rds", "CreateDBCluster", """{"dBClusterIdentifier":"main","engine":"aurora-mysql"}""");
        Assert.Equal("rds:cluster", cluster.ResourceType);
        var instance = Change("rds", "CreateDBInstance", """{"dBInstanceIdentifier":"main-1","dBClusterIdentifier":"main","dBInstanceClass":"db.r6g.large","engine":"aurora-mysql"}""");
        Assert.Equal(("rds:db", "rds:main", "aurora-mysql"), (instance.ResourceType, instance.Owner, instance.Traits.Engine));
    }

    [Fact]
    public void Takes_the_capacity_of_a_serverless_instance_from_its_cluster()
    {
        var changes = Understand("rds", "CreateDBCluster", """{"dBClusterIdentifier":"main","engine":"aurora-postgresql","serverlessV2ScalingConfiguration":{"minCapacity":0.5,"maxCapacity":16}}""").Changes;
        Assert.Equal([ResourceAction.Start, ResourceAction.Define], changes.Select(change => change.Action));
        Assert.Equal(("rds:cluster-capacity/main", "0.5-16 units"), (changes[1].Definition, changes[1].Traits.Variant));
        var instance = Change("rds", "CreateDBInstance", """{"dBInstanceIdentifier":"main-1","dBClusterIdentifier":"main","dBInstanceClass":"db.serverless","engine":"aurora-postgresql"}""");
        Assert.Equal("rds:cluster-capacity/main", instance.Definition);
    }

    [Fact]
    public void Tells_what_a_database_was_before_it_was_changed()
    {
        var change = Change(
            "rds", "ModifyDBInstance", """{"dBInstanceIdentifier":"main","allocatedStorage":500,"applyImmediately":true}""",
            """{"dBInstanceIdentifier":"main","dBInstanceClass":"db.r5.large","engine":"postgres","allocatedStorage":100,"storageType":"gp3"}""");
        Assert.Equal((500m, 100m), (change.Traits.StorageGib, change.PreviousTraits!.StorageGib));
    }

    [Fact]
    public void Tells_what_a_reservation_costs()
    {
        var change = Change(
            "rds", "PurchaseReservedDBInstancesOffering", """{"reservedDBInstancesOfferingId":"o-1","dBInstanceCount":2}""",
            """{"reservedDBInstanceId":"ri-1","dBInstanceClass":"db.r5.large","dBInstanceCount":2,"fixedPrice":1000,"recurringCharges":[{"recurringChargeAmount":0.05,"recurringChargeFrequency":"Hourly"}]}""");
        Assert.Equal((ResourceAction.OneTime, 2m, 2000m, 0.10m), (change.Action, change.Quantity, change.PaidUsd, change.CommittedUsdPerHour));
    }

    [Theory]
    [InlineData("""{"replicationGroupId":"s","cacheNodeType":"cache.r6g.large","numNodeGroups":3,"replicasPerNodeGroup":2}""", 9)]
    [InlineData("""{"replicationGroupId":"s","cacheNodeType":"cache.r6g.large","numCacheClusters":2}""", 2)]
    [InlineData("""{"replicationGroupId":"s","cacheNodeType":"cache.r6g.large"}""", 1)]
    [InlineData("""{"replicationGroupId":"s","cacheNodeType":"cache.r6g.large","nodeGroupConfiguration":[{"nodeGroupId":"1"},{"nodeGroupId":"2"}],"replicasPerNodeGroup":"1"}""", 4)]
    public void Counts_the_nodes_of_a_replication_group(string request, int nodes)
    {
        var change = Change("elasticache", "CreateReplicationGroup", request, """{"replicationGroupId":"s","status":"creating"}""");
        Assert.Equal(("elasticache:node", "cache.r6g.large", nodes), (change.ResourceType, change.Size, change.Quantity));
    }

    [Fact]
    public void Counts_the_nodes_after_a_change_of_shards_or_replicas()
    {
        const string six = """{"cacheNodeType":"cache.r6g.large","memberClusters":["a","b","c","d","e","f"],"nodeGroups":[{},{},{}]}""";
        Assert.Equal(10, Change("elasticache", "ModifyReplicationGroupShardConfiguration", """{"replicationGroupId":"s","nodeGroupCount":5}""", six).Quantity);
        Assert.Equal(12, Change("elasticache", "IncreaseReplicaCount", """{"replicationGroupId":"s","newReplicaCount":3}""", six).Quantity);
        Assert.Equal(6, Change("elasticache", "DeleteReplicationGroup", """{"replicationGroupId":"s"}""", six).Quantity);
        Assert.NotNull(Change("elasticache", "DeleteReplicationGroup", """{"replicationGroupId":"s"}""").Note);
    }

    [Fact]
    public void Counts_the_nodes_a_cache_cluster_will_have() =>
        Assert.Equal(3, Change("elasticache", "ModifyCacheCluster", """{"cacheClusterId":"m","numCacheNodes":3}""", """{"cacheClusterId":"m","cacheNodeType":"cache.m1.small","numCacheNodes":2}""").Quantity);

    [Theory]
    [InlineData("CreateCluster", ResourceAction.Start)]
    [InlineData("ResumeCluster", ResourceAction.Start)]
    [InlineData("PauseCluster", ResourceAction.Stop)]
    [InlineData("DeleteCluster", ResourceAction.Stop)]
    public void Reads_a_warehouse(string name, ResourceAction action)
    {
        var change = Change("redshift", name, """{"clusterIdentifier":"warehouse"}""", """{"clusterIdentifier":"warehouse","nodeType":"ra3.xlplus","numberOfNodes":2}""");
        Assert.Equal((action, "redshift:cluster", "ra3.xlplus", 2m), (change.Action, change.ResourceType, change.Size, change.Quantity));
        Assert.Equal(["warehouse"], change.ResourceIds);
    }

    [Fact]
    public void Reads_what_a_warehouse_becomes()
    {
        var change = Change(
            "redshift", "ResizeCluster", """{"clusterIdentifier":"warehouse","nodeType":"ra3.16xlarge","numberOfNodes":"16"}""",
            """{"clusterIdentifier":"warehouse","nodeType":"ra3.xlplus","numberOfNodes":2}""");
        Assert.Equal((ResourceAction.Change, "ra3.16xlarge", "ra3.xlplus", 16m), (change.Action, change.Size, change.PreviousSize, change.Quantity));
    }

    [Fact]
    public void Adds_the_capacity_of_a_tables_indexes()
    {
        var change = Change(
            "dynamodb", "CreateTable", """{"tableName":"Orders","provisionedThroughput":{"readCapacityUnits":10,"writeCapacityUnits":5}}""",
            """
            {"tableDescription":{"tableName":"Orders","provisionedThroughput":{"readCapacityUnits":10,"writeCapacityUnits":5},
             "globalSecondaryIndexes":[{"indexName":"i","provisionedThroughput":{"readCapacityUnits":3,"writeCapacityUnits":2}}]}}
            """);
        Assert.Equal(("dynamodb:table", "provisioned", 13m, 7m), (change.ResourceType, change.Size, change.Traits.ReadCapacity, change.Traits.WriteCapacity));
    }

    [Fact]
    public void Takes_the_capacity_a_table_will_have()
    {
        var change = Change(
            "dynamodb", "UpdateTable", """{"provisionedThroughput":{"readCapacityUnits":25,"writeCapacityUnits":25}}""",
            """{"tableDescription":{"tableName":"Orders","provisionedThroughput":{"readCapacityUnits":10,"writeCapacityUnits":10}}}""");
        Assert.Equal((ResourceAction.Change, 25m, 25m), (change.Action, change.Traits.ReadCapacity, change.Traits.WriteCapacity));
        Assert.Equal(["Orders"], change.ResourceIds);
    }

    [Fact]
    public void Knows_a_table_on_demand() =>
        Assert.Equal("on-demand", Change("dynamodb", "CreateTable", """{"tableName":"Orders","billingMode":"PAY_PER_REQUEST"}""").Size);

    [Theory]
    [InlineData("CreateDomain", "clusterConfig")]
    [InlineData("CreateElasticsearchDomain", "elasticsearchClusterConfig")]
    public void Reads_a_search_domain_of_either_name_with_its_masters(string name, string config)
    {
        var changes = Understand(
            "es", name,
            $$$"""{"domainName":"logs","{{{config}}}":{"instanceType":"r6g.large.search","instanceCount":3,"dedicatedMasterEnabled":true,"dedicatedMasterType":"m6g.large.search","dedicatedMasterCount":3},"eBSOptions":{"eBSEnabled":true,"volumeType":"gp3","volumeSize":100}}""").Changes;
        Assert.Equal([("r6g.large.search", 3m, "logs"), ("m6g.large.search", 3m, "logs/masters")], changes.Select(change => (change.Size!, change.Quantity, change.ResourceIds[0])));
        Assert.Equal((100m, "gp3"), (changes[0].Traits.StorageGib, changes[0].Traits.StorageType));
    }

    [Fact]
    public void Reads_what_a_search_domain_becomes()
    {
        var change = Change(
            "es", "UpdateDomainConfig", """{"domainName":"logs","clusterConfig":{"instanceCount":6}}""",
            """{"domainConfig":{"clusterConfig":{"options":{"instanceType":"r6g.large.search","instanceCount":6},"status":{}},"eBSOptions":{"options":{"volumeSize":100}}}}""");
        Assert.Equal((ResourceAction.Change, "r6g.large.search", 6m, 100m), (change.Action, change.Size, change.Quantity, change.Traits.StorageGib));
    }
}
