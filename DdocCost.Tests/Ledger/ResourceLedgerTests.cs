using DdocCost.Domain.Ledger;
using DdocCost.Domain.Normalise;
using DdocCost.Domain.Pricing;
using Xunit;
using static DdocCost.Domain.Normalise.ResourceAction;

namespace DdocCost.Tests.Ledger;

public class ResourceLedgerTests
{
    private readonly Trail trail = new();

    [Fact]
    public void Adds_the_rate_of_all_launched_instances()
    {
        var launched = trail.Launch("m5.large", "i-1", "i-2", "i-3");

        Assert.Equal(0.288m, launched.UsdPerHour);
        Assert.Equal(0.288m, launched.ExposureAfterUsdPerHour);
        Assert.Equal(3, trail.Ledger.Running.Count);
        Assert.Equal(["i-1", "i-2", "i-3"], Assert.Single(launched.Event.Changes).ResourceIds);
        Assert.Equal(3, Assert.Single(launched.Cost.Lines).Quantity);
        Assert.Null(launched.MaxHours);
    }

    [Fact]
    public void Returns_to_the_former_exposure_when_instances_stop()
    {
        trail.Launch("c5.xlarge", "i-0");
        trail.Launch("m5.large", "i-1", "i-2");

        var stopped = trail.Terminate("i-1", "i-2");

        Assert.Equal(-0.192m, stopped.UsdPerHour);
        Assert.Equal(0.17m, stopped.ExposureAfterUsdPerHour);
        Assert.Equal(["i-1", "i-2"], stopped.Stopped.Select(resource => resource.ResourceId));
        Assert.Equal(PriceConfidence.High, stopped.Cost.Confidence);
    }

    [Fact]
    public void Tells_at_which_rates_it_ran_before_whatever_runs_otherwise_or_no_more()
    {
        CostedEvent[] instance =
        [
            trail.Apply("RunInstances", Start, "ec2:instance", "m5.large", ids: ["i-1"], minute: 0),
            trail.Apply("StopInstances", Stop, "ec2:instance", ids: ["i-1"], minute: 60),
            trail.Apply("ModifyInstanceAttribute", Change, "ec2:instance", "m5.xlarge", ids: ["i-1"], minute: 90),
            trail.Apply("StartInstances", Start, "ec2:instance", ids: ["i-1"], minute: 120),
            trail.Apply("TerminateInstances", Stop, "ec2:instance", ids: ["i-1"], minute: 180),
        ];
        CostedEvent[] warehouse =
        [
            trail.Apply("ResumeCluster", Start, "redshift:cluster", "ra3.xlplus", 2, ["warehouse"], minute: 200),
            trail.Apply("ResizeCluster", Change, "redshift:cluster", "ra3.16xlarge", 16, ["warehouse"], minute: 260),
            trail.Apply("ResizeCluster", Change, "redshift:cluster", "ra3.xlplus", 1, ["warehouse"], minute: 320),
        ];
        trail.Apply("CreateTrainingJob", Start, "sagemaker:training-job", "ml.m5.xlarge", ids: ["job"], traits: new() { MaxHours = 1 }, minute: 400);
        var later = trail.Pass(600);

        Assert.Equal([("m5.large", 0.096m, 0, 60), ("m5.xlarge", 0.192m, 120, 180)], Past(instance));
        Assert.Equal([("ra3.xlplus", 2 * 1.086m, 200, 260), ("ra3.16xlarge", 16 * 13.04m, 260, 320)], Past(warehouse));
        Assert.Equal(("ml.m5.xlarge", 400, 460), Assert.Single(Past(later)) is var job ? (job.Size, job.From, job.Until) : default); // when it ended, not when it was noticed
        var running = Assert.Single(trail.Ledger.Running.Values);
        Assert.Equal((Past(warehouse).Sum(past => past.UsdPerHour), Trail.Start.AddMinutes(320)), (running.SpentUsd, running.RateSince!.Value));

        static IReadOnlyList<(string Size, decimal UsdPerHour, double From, double Until)> Past(params CostedEvent[] events) =>
        [
            .. events.SelectMany(e => e.Past).Select(past => (past.Size!, past.UsdPerHour, (past.From - Trail.Start).TotalMinutes, (past.Until - Trail.Start).TotalMinutes)),
        ];
    }

    [Fact]
    public void Knows_no_rate_for_the_end_of_what_was_not_seen_starting()
    {
        var stopped = trail.Terminate("i-unseen");

        Assert.Null(stopped.UsdPerHour);
        Assert.False(stopped.IsPriced);
        Assert.Equal("was not seen starting", stopped.Cost.Note);
        Assert.Equal(0, stopped.ExposureAfterUsdPerHour);
    }

    [Fact]
    public void Counts_the_known_ones_of_a_partly_known_stop_and_says_so()
    {
        trail.Launch("m5.large", "i-1");

        var stopped = trail.Terminate("i-1", "i-unseen");

        Assert.Equal(-0.096m, stopped.UsdPerHour);
        Assert.Contains("without 1 of 2 resources", stopped.Cost.Note, StringComparison.Ordinal);
        Assert.Equal(PriceConfidence.Low, stopped.Cost.Confidence);
    }

    [Fact]
    public void Prices_the_end_of_an_unseen_resource_where_the_record_tells_its_size()
    {
        var deleted = trail.Apply("DeleteDBInstance", Stop, "rds:db", "db.r5.large", ids: ["main"], traits: new() { Engine = "postgres" });

        Assert.Equal(-0.25m, deleted.UsdPerHour);
        Assert.Equal(0, deleted.ExposureAfterUsdPerHour);
    }

    [Fact]
    public void Adds_only_the_difference_when_a_known_resource_changes()
    {
        trail.Apply("ResumeCluster", Start, "redshift:cluster", "ra3.xlplus", 2, ["warehouse"]);

        var resized = trail.Apply("ResizeCluster", Change, "redshift:cluster", "ra3.16xlarge", 16, ["warehouse"]);

        Assert.Equal((16 * 13.04m) - (2 * 1.086m), resized.UsdPerHour);
        Assert.Equal(16 * 13.04m, resized.ExposureAfterUsdPerHour);
        Assert.Empty(resized.Stopped);
    }

    [Fact]
    public void Leaves_the_number_of_nodes_where_a_change_tells_the_size_only()
    {
        trail.Apply("CreateReplicationGroup", Start, "elasticache:node", "cache.r6g.large", 6, ["cache"], new() { Engine = "redis" });

        var modified = trail.Apply(null, "ModifyReplicationGroup", "alice", new ResourceChange
        {
            Action = Change, ResourceType = "elasticache:node", Size = "cache.r6g.xlarge", QuantityUntold = true, ResourceIds = ["cache"],
        });

        Assert.Equal(6 * (0.411m - 0.206m), modified.UsdPerHour);
    }

    [Fact]
    public void Reports_the_saved_part_when_a_resource_shrinks()
    {
        var created = trail.Apply("CreateReplicationGroup", Start, "elasticache:node", "cache.r6g.large", 4, ["cache"], new() { Engine = "redis" });

        var shrunk = trail.Apply("DecreaseReplicaCount", Change, "elasticache:node", quantity: 2, ids: ["cache"]);

        Assert.Equal(-0.412m, shrunk.UsdPerHour);
        Assert.Equal(new StoppedResource("cache", 0.412m, created.Event.EventId) { Since = created.Event.Time, StartedByActor = "user/alice", RunsOn = true }, Assert.Single(shrunk.Stopped));
    }

    [Fact]
    public void Takes_the_size_before_from_the_record_where_the_resource_was_not_seen_starting()
    {
        var modified = trail.Apply("ModifyDBInstance", Change, "rds:db", "db.r5.24xlarge", ids: ["main"], previousSize: "db.r5.large", traits: new() { Engine = "postgres", MultiAz = true });

        Assert.Equal(24m - 0.5m, modified.UsdPerHour);
        Assert.Equal(24m, modified.ExposureAfterUsdPerHour);
    }

    [Fact]
    public void Believes_the_record_where_it_tells_another_size_before_than_was_known()
    {
        trail.Apply("ModifyDBInstance", Change, "rds:db", "db.r5.24xlarge", ids: ["main"], previousSize: "db.r5.large", traits: new() { Engine = "postgres" });

        var again = trail.Apply("ModifyDBInstance", Change, "rds:db", "db.r5.24xlarge", ids: ["main"], previousSize: "db.r5.large", traits: new() { Engine = "postgres" });

        Assert.Equal(12m - 0.25m, again.UsdPerHour);
        Assert.Equal(12m, again.ExposureAfterUsdPerHour);
        Assert.Equal(12m - 0.25m, Assert.Single(again.Expired).UsdPerHour);
        Assert.Contains("a change from db.r5.24xlarge to db.r5.large before it was not seen", again.Cost.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void Gives_an_upper_bound_where_nothing_tells_what_was_there_before()
    {
        var modified = trail.Apply("ModifyDBInstance", Change, "rds:db", "db.r5.24xlarge", ids: ["main"], traits: new() { Engine = "postgres" });

        Assert.Equal(12m, modified.UsdPerHour);
        Assert.Contains("at most", modified.Cost.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void Does_not_take_a_grown_volume_of_the_same_type_for_unchanged()
    {
        var modified = trail.Apply("ModifyVolume", Change, "ec2:volume", "gp3", ids: ["vol-1"], previousSize: "gp3", traits: new() { StorageGib = 7300 });

        Assert.Equal(0.8m, modified.UsdPerHour);
    }

    [Fact]
    public void Counts_a_refused_call_as_nothing_and_says_what_it_would_have_cost()
    {
        var refused = trail.Apply("RunInstances", None, "ec2:instance", "p4d.24xlarge", 4);

        Assert.Equal(0, refused.UsdPerHour);
        Assert.Empty(trail.Ledger.Running);
        Assert.Equal("refused; would have cost 87.8306 USD/h", refused.Cost.Note);
        Assert.Empty(trail.Ledger.DrainChanges().Hours);
    }

    [Fact]
    public void Takes_the_size_of_an_endpoint_from_its_configuration()
    {
        var defined = trail.Apply("CreateEndpointConfig", Define, "sagemaker:endpoint-config", "ml.m5.xlarge", 2, ["cfg"], definition: "sagemaker:endpoint-config/cfg");
        var created = trail.Apply("CreateEndpoint", Start, "sagemaker:endpoint", ids: ["ep"], definition: "sagemaker:endpoint-config/cfg");

        Assert.Equal(0, defined.UsdPerHour);
        Assert.Equal(0.46m, created.UsdPerHour);
        Assert.Equal("ml.m5.xlarge", Assert.Single(created.Event.Changes).Size);
        Assert.Equal(2, Assert.Single(created.Event.Changes).Quantity);
    }

    [Fact]
    public void Says_which_definition_was_not_seen()
    {
        var created = trail.Apply("CreateEndpoint", Start, "sagemaker:endpoint", ids: ["ep"], definition: "sagemaker:endpoint-config/cfg");

        Assert.Null(created.UsdPerHour);
        Assert.Contains("sagemaker:endpoint-config/cfg was not seen being defined", created.Cost.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void Ends_the_variants_that_a_new_configuration_does_not_have()
    {
        ResourceChange Variant(string size, string name) => new()
        {
            Action = Define, ResourceType = "sagemaker:endpoint-config", Size = size, ResourceIds = [name], Definition = $"sagemaker:endpoint-config/{name}",
        };
        trail.Apply(null, "CreateEndpointConfig", "alice", Variant("ml.m5.xlarge", "two"), Variant("ml.t3.medium", "two"));
        trail.Apply(null, "CreateEndpointConfig", "alice", Variant("ml.t3.medium", "one"));
        var created = trail.Apply("CreateEndpoint", Start, "sagemaker:endpoint", ids: ["ep"], definition: "sagemaker:endpoint-config/two");

        var updated = trail.Apply("UpdateEndpoint", Change, "sagemaker:endpoint", ids: ["ep"], definition: "sagemaker:endpoint-config/one");
        var deleted = trail.Apply("DeleteEndpoint", Stop, "sagemaker:endpoint", ids: ["ep"]);

        Assert.Equal(0.28m, created.UsdPerHour);
        Assert.Equal(-0.23m, updated.UsdPerHour);
        Assert.Equal(-0.05m, deleted.UsdPerHour);
        Assert.Equal(0, deleted.ExposureAfterUsdPerHour);
    }

    [Fact]
    public void Multiplies_a_service_by_its_task_definition()
    {
        trail.Apply("RegisterTaskDefinition", Define, "ecs:task-definition", "fargate", ids: ["web"], definition: "ecs:task-definition/web", traits: new() { VCpu = 1, MemoryGib = 2 });
        trail.Apply("CreateService", Start, "ecs:service", quantity: 4, ids: ["main/web"], definition: "ecs:task-definition/web");

        var scaled = trail.Apply("UpdateService", Change, "ecs:service", quantity: 10, ids: ["main/web"]);

        Assert.Equal(6 * (0.04048m + (2 * 0.004445m)), scaled.UsdPerHour);
    }

    [Fact]
    public void Finds_the_size_of_a_stopped_instance_when_it_starts_again()
    {
        trail.Launch("m5.large", "i-1", "i-2");
        var stopped = trail.Apply("StopInstances", Stop, "ec2:instance", ids: ["i-1"]);

        var started = trail.Apply("StartInstances", Start, "ec2:instance", ids: ["i-1"], actor: "bruno");

        Assert.Equal(-0.096m, stopped.UsdPerHour);
        Assert.Equal(0.096m, started.UsdPerHour);
        Assert.Equal(0.192m, started.ExposureAfterUsdPerHour);
        Assert.Equal("m5.large", started.Event.Changes[0].Size);
        Assert.Contains(trail.Ledger.Running.Values, resource => resource.StartedByEvent == started.Event.EventId && resource.PausedAt is null);
    }

    [Fact]
    public void Gives_a_resized_instance_its_new_rate_when_it_starts_again()
    {
        trail.Launch("m5.large", "i-1");
        trail.Apply("StopInstances", Stop, "ec2:instance", ids: ["i-1"]);

        var resized = trail.Apply("ModifyInstanceAttribute", Change, "ec2:instance", "m5.xlarge", ids: ["i-1"]);
        var started = trail.Apply("StartInstances", Start, "ec2:instance", ids: ["i-1"]);

        Assert.Equal(0, resized.UsdPerHour);
        Assert.Equal(0.192m, started.UsdPerHour);
    }

    [Fact]
    public void Keeps_paying_the_storage_of_a_stopped_database()
    {
        trail.Apply("CreateDBInstance", Start, "rds:db", "db.r5.large", ids: ["main"], traits: new() { Engine = "postgres", StorageGib = 730, StorageType = "gp3" });

        var stopped = trail.Apply("StopDBInstance", Stop, "rds:db", ids: ["main"]);
        var deleted = trail.Apply("DeleteDBInstance", Stop, "rds:db", ids: ["main"]);

        Assert.Equal(-0.25m, stopped.UsdPerHour);
        Assert.Equal(0.115m, stopped.ExposureAfterUsdPerHour);
        Assert.Equal(-0.115m, deleted.UsdPerHour);
        Assert.Equal(0, deleted.ExposureAfterUsdPerHour);
    }

    [Fact]
    public void Stops_and_starts_databases_together_with_their_cluster()
    {
        trail.Apply("CreateDBInstance", Start, "rds:db", "db.r6g.large", ids: ["node-1"], owner: "rds:cluster-1", traits: new() { Engine = "aurora-postgresql" });

        var stopped = trail.Apply("StopDBCluster", Stop, "rds:cluster", ids: ["cluster-1"]);
        var started = trail.Apply("StartDBCluster", Start, "rds:cluster", ids: ["cluster-1"]);

        Assert.Equal(-0.26m, stopped.UsdPerHour);
        Assert.Equal(0, stopped.ExposureAfterUsdPerHour);
        Assert.Equal(0.26m, started.UsdPerHour);
    }

    [Fact]
    public void Ends_master_nodes_together_with_their_domain()
    {
        ResourceChange Nodes(string id, decimal count, string? owner) => new()
        {
            Action = Start, ResourceType = "opensearch:domain", Size = "r6g.large.search", Quantity = count, ResourceIds = [id], Owner = owner,
        };
        var created = trail.Apply(null, "CreateDomain", "alice", Nodes("logs", 2, null), Nodes("logs/masters", 3, "opensearch:logs"));

        var deleted = trail.Apply("DeleteDomain", Stop, "opensearch:domain", ids: ["logs"]);

        Assert.Equal(5 * 0.167m, created.UsdPerHour);
        Assert.Equal(-5 * 0.167m, deleted.UsdPerHour);
        Assert.Empty(trail.Ledger.Running);
    }

    [Fact]
    public void Ends_a_training_job_at_its_limit_by_the_time_of_later_events()
    {
        var job = trail.Apply("CreateTrainingJob", Start, "sagemaker:training-job", "ml.m5.xlarge", 2, ["train"], new() { MaxHours = 4 }, minute: 0);

        var before = trail.Pass(minute: 239);
        var after = trail.Pass(minute: 240);

        Assert.Equal(4, job.MaxHours);
        Assert.Equal(0.46m, before.ExposureAfterUsdPerHour);
        Assert.Empty(before.Expired);
        Assert.Equal(0, after.ExposureAfterUsdPerHour);
        Assert.Equal("train", Assert.Single(after.Expired).ResourceId);
        Assert.Equal(0, trail.Ledger.DrainChanges().Hours.Sum(hour => hour.NetUsdPerHour));
    }

    [Fact]
    public void Assumes_a_day_where_a_job_or_task_tells_no_limit()
    {
        var job = trail.Apply("CreateTransformJob", Start, "sagemaker:transform-job", "ml.m5.xlarge", ids: ["job"]);
        var task = trail.Apply("RunTask", Start, "ecs:task", "fargate", ids: ["task"], traits: new() { VCpu = 1, MemoryGib = 2 });

        Assert.Equal(24, job.MaxHours);
        Assert.Equal(24, task.MaxHours);
        Assert.Contains("assumed to end", task.Cost.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void Leaves_no_zombie_when_a_stop_is_delivered_before_its_start()
    {
        trail.Apply("TerminateInstances", Stop, "ec2:instance", ids: ["i-1"], minute: 10);

        var late = trail.Apply("RunInstances", Start, "ec2:instance", "m5.large", 2, ["i-1", "i-2"], minute: 5);

        Assert.Equal(0.096m, late.UsdPerHour);
        Assert.Equal("i-2", Assert.Single(trail.Ledger.Running.Values).ResourceId);
        Assert.Contains("had already ended", late.Cost.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void Lets_a_name_be_used_again_after_its_end()
    {
        trail.Apply("DeleteDBInstance", Stop, "rds:db", ids: ["main"], minute: 10);

        var created = trail.Apply("CreateDBInstance", Start, "rds:db", "db.r5.large", ids: ["main"], traits: new() { Engine = "postgres" }, minute: 11);

        Assert.Equal(0.25m, created.ExposureAfterUsdPerHour);
    }

    [Fact]
    public void Does_not_end_a_resource_by_a_late_stop_of_its_earlier_namesake()
    {
        trail.Apply("CreateDBInstance", Start, "rds:db", "db.r5.large", ids: ["main"], traits: new() { Engine = "postgres" }, minute: 11);

        var late = trail.Apply("DeleteDBInstance", Stop, "rds:db", ids: ["main"], minute: 10);

        Assert.Equal(0, late.UsdPerHour);
        Assert.Equal(0.25m, late.ExposureAfterUsdPerHour);
    }

    [Fact]
    public void Keeps_an_instance_stopped_whose_stop_was_delivered_before_its_launch()
    {
        trail.Apply("StopInstances", Stop, "ec2:instance", ids: ["i-1"], minute: 10);
        trail.Apply("RunInstances", Start, "ec2:instance", "m5.large", ids: ["i-1"], minute: 5);
        Assert.Equal(0, trail.Ledger.ExposureUsdPerHour);

        var started = trail.Apply("StartInstances", Start, "ec2:instance", ids: ["i-1"], minute: 20);

        Assert.Equal(0.096m, started.UsdPerHour);
    }

    [Fact]
    public void Counts_a_resource_once_that_two_records_start()
    {
        trail.Apply("RunInstances", Start, "ec2:instance", "m5.large", ids: ["i-1"], minute: 5);

        var again = trail.Apply("RunInstances", Start, "ec2:instance", "m5.large", ids: ["i-1"], minute: 5);

        Assert.Equal(0, again.UsdPerHour);
        Assert.Equal(0.096m, again.ExposureAfterUsdPerHour);
    }

    [Fact]
    public void Takes_a_resource_for_ended_whose_name_is_used_again()
    {
        trail.Apply("CreateDBInstance", Start, "rds:db", "db.r5.24xlarge", ids: ["main"], traits: new() { Engine = "postgres" }, minute: 5);

        var again = trail.Apply("CreateDBInstance", Start, "rds:db", "db.r5.large", ids: ["main"], traits: new() { Engine = "postgres" }, minute: 500);

        Assert.Equal(0.25m, again.UsdPerHour);
        Assert.Equal(0.25m, again.ExposureAfterUsdPerHour);
        Assert.Equal(12m, Assert.Single(again.Expired).UsdPerHour);
    }

    [Fact]
    public void Adds_only_the_difference_when_a_put_replaces_what_runs()
    {
        trail.Apply("PutProvisionedConcurrencyConfig", Start, "lambda:provisioned-concurrency", quantity: 100, ids: ["f:1"], traits: new() { MemoryGib = 1 });

        var more = trail.Apply("PutProvisionedConcurrencyConfig", Start, "lambda:provisioned-concurrency", quantity: 300, ids: ["f:1"]);

        Assert.Equal(200 * 0.0000041667m * 3600, more.UsdPerHour);
    }

    [Fact]
    public void Keeps_resources_of_one_name_in_two_types_apart()
    {
        trail.Apply("CreateDBInstance", Start, "rds:db", "db.r5.large", ids: ["main"], traits: new() { Engine = "postgres" });
        trail.Apply("CreateCluster", Start, "redshift:cluster", "ra3.xlplus", 2, ["main"]);

        var deleted = trail.Apply("DeleteCluster", Stop, "redshift:cluster", ids: ["main"]);

        Assert.Equal(-2.172m, deleted.UsdPerHour);
        Assert.Equal(0.25m, deleted.ExposureAfterUsdPerHour);
    }

    [Fact]
    public void Names_a_resource_after_its_event_where_the_record_has_no_id()
    {
        var launched = trail.Apply("RunInstances", Start, "ec2:instance", "m5.large", 5);

        Assert.Equal(0.48m, launched.ExposureAfterUsdPerHour);
        Assert.Equal($"event:{launched.Event.EventId}", Assert.Single(trail.Ledger.Running.Values).ResourceId);
    }

    [Fact]
    public void Keeps_the_old_rate_where_the_new_one_is_not_known()
    {
        trail.Apply("CreateEndpoint", Start, "sagemaker:endpoint", "ml.m5.xlarge", ids: ["ep"]);

        var changed = trail.Apply("ModifySomething", Change, "sagemaker:endpoint", "ml.quantum.large", ids: ["ep"]);

        Assert.Null(changed.UsdPerHour);
        Assert.Equal(0.23m, changed.ExposureAfterUsdPerHour);
    }

    [Fact]
    public void Counts_a_purchase_once_where_the_record_tells_its_price()
    {
        var bought = trail.Apply("PurchaseReservedDBInstancesOffering", OneTime, "rds:reserved-db", "db.r5.large", 2, paid: 2_800m);
        var untold = trail.Apply("PurchaseReservedInstancesOffering", OneTime, "ec2:reserved-instances");

        Assert.Equal(2_800m, bought.OneTimeUsd);
        Assert.Equal(0, bought.UsdPerHour);
        Assert.False(untold.IsPriced);
        Assert.Equal(2_800m, trail.Ledger.DrainChanges().Hours.Sum(hour => hour.OneTimeUsd));
    }

    [Theory]
    [InlineData("1e28")]
    [InlineData("79228162514264337593543950335")]
    [InlineData("-5")]
    public void Survives_quantities_beyond_reason(string quantity)
    {
        var launched = trail.Apply("RunInstances", Start, "ec2:instance", "m5.large", decimal.Parse(quantity, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture), ["i-1"]);

        Assert.True(launched.UsdPerHour is null or 0);
        Assert.Equal(0, launched.ExposureAfterUsdPerHour);
    }

    [Fact]
    public void Gathers_what_each_actor_added_to_each_hour()
    {
        trail.Apply("RunInstances", Start, "ec2:instance", "m5.large", ids: ["i-1"], minute: 10);
        trail.Apply("RunInstances", Start, "ec2:instance", "m5.large", ids: ["i-2"], minute: 50);
        trail.Apply("TerminateInstances", Stop, "ec2:instance", ids: ["i-1"], minute: 55);
        trail.Apply("RunInstances", Start, "ec2:instance", "m5.large", ids: ["i-3"], minute: 70, actor: "bruno");

        var hours = trail.Ledger.DrainChanges().Hours;

        Assert.Equal(
            [("alice", 8, 0.192m, 0.096m, 3), ("bruno", 9, 0.096m, 0.096m, 1)],
            hours.Select(hour => (hour.Actor.Name, hour.Hour.Hour, hour.AddedUsdPerHour, hour.NetUsdPerHour, hour.Events)));
        Assert.Empty(trail.Ledger.DrainChanges().Hours);
    }

    [Fact]
    public void Says_what_to_store_and_what_to_delete()
    {
        trail.Launch("m5.large", "i-1", "i-2");
        var first = trail.Ledger.DrainChanges();
        trail.Terminate("i-1");
        trail.Launch("m5.large", "i-3");
        trail.Terminate("i-3");
        var second = trail.Ledger.DrainChanges();

        Assert.Equal(["i-1", "i-2"], first.Started.Select(resource => resource.ResourceId));
        Assert.Empty(first.Ended);
        Assert.Empty(second.Started);
        Assert.Equal(["111122223333/us-east-1/ec2:instance/i-1", "111122223333/us-east-1/ec2:instance/i-3"], second.Ended);
        Assert.Equal(["111122223333/us-east-1/ec2:instance/i-1", "111122223333/us-east-1/ec2:instance/i-3"], second.Remembered.Select(end => end.Id));
    }
}
