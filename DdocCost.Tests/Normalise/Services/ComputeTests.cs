using DdocCost.Domain.Normalise;
using Xunit;
using static DdocCost.Tests.Normalise.Records;

namespace DdocCost.Tests.Normalise.Services;

public sealed class ComputeTests
{
    [Fact]
    public void Defines_an_endpoint_by_its_variants()
    {
        var e = Understand(
            "sagemaker", "CreateEndpointConfig",
            """{"endpointConfigName":"cfg-1","productionVariants":[{"instanceType":"ml.p4d.24xlarge","initialInstanceCount":2},{"instanceType":"ml.m5.xlarge","initialInstanceCount":"1"}]}""");
        Assert.Equal(ResourceAction.Define, e.Action);
        Assert.Equal([("ml.p4d.24xlarge", 2m), ("ml.m5.xlarge", 1m)], e.Changes.Select(change => (change.Size!, change.Quantity)));
        Assert.All(e.Changes, change => Assert.Equal("sagemaker:endpoint-config/cfg-1", change.Definition));
    }

    [Theory]
    [InlineData("CreateEndpoint", ResourceAction.Start)]
    [InlineData("UpdateEndpoint", ResourceAction.Change)]
    public void Refers_an_endpoint_to_its_definition(string name, ResourceAction action)
    {
        var change = Change("sagemaker", name, """{"endpointName":"ep","endpointConfigName":"cfg-1"}""", """{"endpointArn":"arn:ep"}""");
        Assert.Equal((action, "sagemaker:endpoint", "sagemaker:endpoint-config/cfg-1"), (change.Action, change.ResourceType, change.Definition));
        Assert.Equal(["ep"], change.ResourceIds);
    }

    [Theory]
    [InlineData("CreateTrainingJob", """{"trainingJobName":"j","resourceConfig":{"instanceType":"ml.p3.2xlarge","instanceCount":4,"volumeSizeInGB":50},"stoppingCondition":{"maxRuntimeInSeconds":14400}}""", "sagemaker:training-job", 4)]
    [InlineData("CreateProcessingJob", """{"processingJobName":"j","processingResources":{"clusterConfig":{"instanceType":"ml.p3.2xlarge","instanceCount":4,"volumeSizeInGB":50}}}""", "sagemaker:processing-job", 24)]
    [InlineData("CreateTransformJob", """{"transformJobName":"j","transformResources":{"instanceType":"ml.p3.2xlarge","instanceCount":4,"volumeSizeInGB":50}}""", "sagemaker:transform-job", 24)]
    public void Reads_a_job_with_its_limit(string name, string request, string type, double hours)
    {
        var change = Change("sagemaker", name, request, """{"arn":"arn:j"}""");
        Assert.Equal((type, "ml.p3.2xlarge", 4m, 50m, hours), (change.ResourceType, change.Size, change.Quantity, change.Traits.StorageGib, change.Traits.MaxHours));
        Assert.Equal(["j"], change.ResourceIds);
    }

    [Fact]
    public void Reads_a_job_of_different_instances() =>
        Assert.Equal(
            [("ml.c5.xlarge", 2m), ("ml.p3.2xlarge", 1m)],
            Understand("sagemaker", "CreateTrainingJob", """{"trainingJobName":"j","resourceConfig":{"instanceGroups":[{"instanceType":"ml.c5.xlarge","instanceCount":2},{"instanceType":"ml.p3.2xlarge","instanceCount":1}]}}""")
                .Changes.Select(change => (change.Size!, change.Quantity)));

    [Fact]
    public void Counts_the_jobs_that_tuning_runs_at_a_time()
    {
        var change = Change(
            "sagemaker", "CreateHyperParameterTuningJob",
            """
            {"hyperParameterTuningJobName":"t","hyperParameterTuningJobConfig":{"resourceLimits":{"maxNumberOfTrainingJobs":20,"maxParallelTrainingJobs":5}},
             "trainingJobDefinition":{"resourceConfig":{"instanceType":"ml.p3.2xlarge","instanceCount":2},"stoppingCondition":{"maxRuntimeInSeconds":3600}}}
            """);
        Assert.Equal((10m, 4.0), (change.Quantity, change.Traits.MaxHours));
    }

    [Theory]
    [InlineData("StopTrainingJob", """{"trainingJobName":"j"}""", "sagemaker:training-job", "j")]
    [InlineData("DeleteEndpoint", """{"endpointName":"ep"}""", "sagemaker:endpoint", "ep")]
    [InlineData("StopNotebookInstance", """{"notebookInstanceName":"n"}""", "sagemaker:notebook", "n")]
    [InlineData("DeleteNotebookInstance", """{"notebookInstanceName":"n"}""", "sagemaker:notebook", "n")]
    [InlineData("DeleteApp", """{"domainId":"d","userProfileName":"u","appName":"a"}""", "sagemaker:app", "d/u/a")]
    public void Ends_what_runs_in_SageMaker(string name, string request, string type, string id)
    {
        var change = Change("sagemaker", name, request);
        Assert.Equal((ResourceAction.Stop, type), (change.Action, change.ResourceType));
        Assert.Equal([id], change.ResourceIds);
    }

    [Fact]
    public void Reads_clusters_and_node_groups()
    {
        Assert.Equal(["main"], Change("eks", "CreateCluster", """{"name":"main"}""", """{"cluster":{"name":"main","status":"CREATING"}}""").ResourceIds);
        var group = Change(
            "eks", "CreateNodegroup", """{"name":"main","nodegroupName":"default","scalingConfig":{"desiredSize":3},"instanceTypes":["m5.large"],"capacityType":"SPOT"}""");
        Assert.Equal(("eks:nodegroup", "m5.large", 3m, true), (group.ResourceType, group.Size, group.Quantity, group.Traits.Spot));
        Assert.Equal(["main/default"], group.ResourceIds);
        var grown = Change("eks", "UpdateNodegroupConfig", """{"name":"main","nodegroupName":"default","scalingConfig":{"desiredSize":120}}""", """{"update":{"id":"u"}}""");
        Assert.Equal((ResourceAction.Change, 120m), (grown.Action, grown.Quantity));
        Assert.Equal(["main/default"], grown.ResourceIds);
    }

    [Fact]
    public void Defines_a_task_by_its_family_and_its_revision()
    {
        var e = Understand(
            "ecs", "RegisterTaskDefinition", """{"family":"web","cpu":"512","memory":"1 GB","requiresCompatibilities":["FARGATE"],"runtimePlatform":{"cpuArchitecture":"ARM64"}}""",
            """{"taskDefinition":{"taskDefinitionArn":"arn:aws:ecs:eu-west-1:111122223333:task-definition/web:7","family":"web"}}""");
        Assert.Equal(["ecs:task-definition/web", "ecs:task-definition/web:7"], e.Changes.Select(change => change.Definition));
        Assert.All(e.Changes, change => Assert.Equal((ResourceAction.Define, "fargate"), (change.Action, change.Size)));
        Assert.All(e.Changes, change => Assert.Equal((0.5m, 1m, "arm64"), (change.Traits.VCpu, change.Traits.MemoryGib, change.Traits.Variant)));
    }

    [Theory]
    [InlineData("CreateService", ResourceAction.Start)]
    [InlineData("UpdateService", ResourceAction.Change)]
    public void Reads_a_service(string name, ResourceAction action)
    {
        var change = Change(
            "ecs", name, """{"cluster":"arn:aws:ecs:eu-west-1:111122223333:cluster/prod","service":"api","serviceName":"api","desiredCount":4,"taskDefinition":"web:7"}""",
            """{"service":{"serviceArn":"arn:aws:ecs:eu-west-1:111122223333:service/prod/api","serviceName":"api","desiredCount":4,"launchType":"FARGATE","taskDefinition":"arn:aws:ecs:eu-west-1:111122223333:task-definition/web:7"}}""");
        Assert.Equal((action, "ecs:service", "fargate", 4m, "ecs:task-definition/web:7"), (change.Action, change.ResourceType, change.Size, change.Quantity, change.Definition));
        Assert.Equal(["prod/api"], change.ResourceIds);
    }

    [Theory]
    [InlineData("""{"cluster":"prod","service":"api","force":true}""")]
    [InlineData("""{"cluster":"prod","service":"arn:aws:ecs:eu-west-1:111122223333:service/prod/api"}""")]
    [InlineData("""{"cluster":"arn:aws:ecs:eu-west-1:111122223333:cluster/prod","service":"arn:aws:ecs:eu-west-1:111122223333:service/api"}""")]
    public void Knows_a_service_by_name_or_ARN(string request) => Assert.Equal(["prod/api"], Change("ecs", "DeleteService", request).ResourceIds);

    [Fact]
    public void Counts_the_tasks_that_run()
    {
        var change = Change(
            "ecs", "RunTask", """{"cluster":"prod","count":5,"taskDefinition":"web"}""",
            """{"tasks":[{"taskArn":"arn:aws:ecs:eu-west-1:111122223333:task/prod/t1","cpu":"256","memory":"512","capacityProviderName":"FARGATE_SPOT","launchType":"FARGATE"},{"taskArn":"arn:aws:ecs:eu-west-1:111122223333:task/prod/t2"}],"failures":[{}]}""");
        Assert.Equal(("fargate", 2m, 0.25m, 0.5m, true), (change.Size, change.Quantity, change.Traits.VCpu, change.Traits.MemoryGib, change.Traits.Spot));
        Assert.Equal(["t1", "t2"], change.ResourceIds);
        Assert.Equal(["t1"], Change("ecs", "StopTask", """{"cluster":"prod","task":"arn:aws:ecs:eu-west-1:111122223333:task/prod/t1"}""").ResourceIds);
    }

    [Fact]
    public void Counts_nothing_where_no_task_could_be_placed() =>
        Assert.IsType<NormaliseResult.Free>(Read(Json("ecs", "RunTask", """{"count":5,"taskDefinition":"web"}""", """{"tasks":[],"failures":[{"reason":"RESOURCE:MEMORY"}]}""")));

    [Fact]
    public void Takes_an_Auto_Scaling_group_for_an_owner()
    {
        var change = Change("autoscaling", "CreateAutoScalingGroup", """{"autoScalingGroupName":"web","minSize":2,"maxSize":9,"launchTemplate":{"launchTemplateName":"web","version":"1"}}""");
        Assert.Equal(("autoscaling:group", 2m, "ec2:launch-template/web:1"), (change.ResourceType, change.Quantity, change.Definition));
        Assert.Equal(50, Change("autoscaling", "SetDesiredCapacity", """{"autoScalingGroupName":"web","desiredCapacity":50}""").Quantity);
    }

    [Theory]
    [InlineData("PutProvisionedConcurrencyConfig")]
    [InlineData("PutProvisionedConcurrencyConfig20190930")]
    public void Reads_provisioned_concurrency(string name)
    {
        var change = Change(
            "lambda", name, """{"functionName":"arn:aws:lambda:eu-west-1:111122223333:function:orders","qualifier":"live","provisionedConcurrentExecutions":100}""",
            """{"requestedProvisionedConcurrentExecutions":100,"status":"IN_PROGRESS"}""");
        Assert.Equal(("lambda:provisioned-concurrency", 100m, "lambda:function/orders"), (change.ResourceType, change.Quantity, change.Definition));
        Assert.Equal(["orders:live"], change.ResourceIds);
        Assert.Equal(["orders:live"], Change("lambda", "DeleteProvisionedConcurrencyConfig", """{"functionName":"orders","qualifier":"live"}""").ResourceIds);
    }

    [Fact]
    public void Defines_a_function_by_its_memory()
    {
        var change = Change("lambda", "CreateFunction20150331", """{"functionName":"orders","memorySize":1024,"architectures":["arm64"]}""", """{"functionName":"orders","memorySize":1024,"architectures":["arm64"]}""");
        Assert.Equal((ResourceAction.Define, "lambda:function/orders", 1m, "arm64"), (change.Action, change.Definition, change.Traits.MemoryGib, change.Traits.Variant));
    }
}
