using System.Text;
using CsCheck;
using DdocCost.Domain.Normalise;
using DdocCost.Domain.Normalise.Services;
using Xunit;
using static DdocCost.Tests.Normalise.Records;

namespace DdocCost.Tests.Normalise;

/// <summary>Whatever a record contains, it ends as one of the outcomes, never as an exception.</summary>
public sealed class GarbledRecordTests
{
    private static readonly (string Source, string Name)[] Operations =
        [.. from service in ServiceRegistry.All.Concat(Tags.Services) from operation in service.Operations select (service.Name + ".amazonaws.com", operation.Name)];

    // Every name the services read, so that generated objects have members that are looked at.
    private static readonly string[] Names =
    [
        "instancesSet", "items", "instanceType", "instanceId", "blockDeviceMapping", "ebs", "volumeSize", "iops", "placement", "tenancy", "tagSet",
        "key", "value", "launchTemplate", "launchTemplateId", "launchTemplateData", "volumeModification", "targetSize", "dBInstanceClass", "multiAZ",
        "allocatedStorage", "dBInstanceIdentifier", "pendingModifiedValues", "loadBalancers", "type", "cacheNodeType", "numNodeGroups",
        "replicasPerNodeGroup", "nodeGroupCount", "memberClusters", "newReplicaCount", "nodeGroups", "nodeType", "numberOfNodes", "clusterIdentifier",
        "productionVariants", "initialInstanceCount", "resourceConfig", "instanceCount", "instanceGroups", "stoppingCondition", "maxRuntimeInSeconds",
        "scalingConfig", "desiredSize", "cluster", "name", "taskDefinition", "cpu", "memory", "tasks", "taskArn", "capacityProviderStrategy",
        "clusterConfig", "eBSOptions", "dedicatedMasterEnabled", "dedicatedMasterCount", "domainStatus", "domainConfig", "options", "tableDescription",
        "provisionedThroughput", "readCapacityUnits", "globalSecondaryIndexes", "subnetIdSet", "vpcEndpoint", "vpcEndpointType", "functionName",
        "provisionedConcurrentExecutions", "workerType", "numberOfWorkers", "timeout", "recurringCharges", "fixedPrice", "content", "item", "member",
        "tags", "tagKeys", "resourceArn", "resourcesSet", "resourceId", "resourceName", "taskDefinitionArn", "family", "version",
    ];

    private static readonly Gen<string> Scalar = OneOf(
        "null", "true", "false", "0", "1", "-1", "3.5", "1e9", "1e400", "99999999999999999999999999999999999999", "\"\"", "\"4\"", "\"-7\"", "\"****\"",
        "\"m5.large\"", "\"arn:aws:x:y:111122223333:z/a/b\"", "\"arn:\"", "\"arn:/\"", "\"arn:::::::\"", "\"a/\"",
        "\":\"", "\"/\"", "\"\\ud800\"", "\"2 GB\"", "\"1e30 vCPU\"", "[]", "{}", "\"spot\"",
        "\"FARGATE\"", "\"interface\"", "\"PAY_PER_REQUEST\"");

    private static readonly Gen<string> Value = Gen.Recursive<string>((depth, inner) => depth > 5
        ? Scalar
        : Gen.Frequency(
            (3, Scalar),
            (1, inner.Array[0, 3].Select(values => $"[{string.Join(',', values)}]")),
            (3, Gen.Select(OneOf(Names), inner).Array[0, 8].Select(members => $"{{{string.Join(',', members.Select(member => $"\"{member.Item1}\":{member.Item2}"))}}}"))));

    [Fact]
    public void Any_parameters_of_any_operation_have_an_outcome() =>
        Gen.Select(OneOf(Operations), Value, Value, OneOf("null", "\"AccessDenied\"", "7", "{}"))
            .Sample(
                (operation, request, response, error) =>
                {
                    var json = $$"""{"eventTime":"2026-03-02T10:00:00Z","requestParameters":{{request}},"responseElements":{{response}},"errorCode":{{error}}}""";
                    Check(Read(Encoding.UTF8.GetBytes(json), operation.Source, operation.Name));
                },
                iter: 20_000);

    [Fact]
    public void Any_identity_has_an_outcome() =>
        Gen.Select(
                Value, Gen.String.Select(text => System.Text.Json.JsonSerializer.Serialize(text)), OneOf("arn", "type", "principalId", "userName", "invokedBy"),
                OneOf("", "/", "/role/", "AWSServiceRoleForX", "z:assumed-role/AWSServiceRoleForX/s", "arn:aws:iam::111122223333:role/aws-service-role/AWSServiceRoleForX", "x:role/aws-service-role//", "y:user/", "z:assumed-role/",
                    "z:assumed-role//", "z:assumed-role/a/", "z:assumed-role//s", ".amazonaws.com", "AWSReservedSSO_", "AWSServiceRoleFor"))
            .Sample(
                (identity, text, name, role) =>
                {
                    Check(Read(Json("ec2", "RunInstances", identity: identity)));
                    foreach (var type in (string[])["AssumedRole", "IAMUser", "FederatedUser", "Root", "WebIdentityUser"])
                    {
                        var odd = $$$"""{"type":"{{{type}}}","arn":"{{{role}}}","principalId":"{{{role}}}","userName":"{{{role}}}","invokedBy":"{{{role}}}"}""";
                        Check(Read(Json("ec2", "RunInstances", identity: odd)));
                        Check(Read(Json("ec2", "RunInstances", identity:
                            $$"""{"type":"{{type}}","arn":"{{role}}","sessionContext":{"sessionIssuer":{{odd}}},"invokedBy":"{{role}}"}""")));
                    }

                    Check(Read(Json("ec2", "RunInstances", identity: $$"""{"type":"AssumedRole","{{name}}":{{text}},"sessionContext":{{identity}}}""")));
                },
                iter: 1_000);

    [Fact]
    public void Any_damage_to_the_bytes_has_an_outcome()
    {
        var whole = Encoding.UTF8.GetBytes(Json(
            "rds", "ModifyDBInstance", """{"dBInstanceIdentifier":"main","dBInstanceClass":"db.r5.large"}""",
            """{"dBInstanceIdentifier":"main","dBInstanceClass":"db.r5.large","allocatedStorage":100}""", identity: Session("Developer", "alice", mfa: true)));
        Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Byte, Gen.Int[0, whole.Length])
            .Sample(
                (at, value, length) =>
                {
                    var damaged = (byte[])whole.Clone();
                    damaged[at] = value;
                    Check(Read(damaged, "rds.amazonaws.com", "ModifyDBInstance"));
                    Check(Read(whole.AsMemory(0, length), "rds.amazonaws.com", "ModifyDBInstance"));
                },
                iter: 5_000);
    }

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static void Check(NormaliseResult result)
    {
        if (result is NormaliseResult.Understood { Event: var e })
        {
            Assert.NotEmpty(e.Changes);
            Assert.NotEmpty(e.Actor.Name);
            Assert.All(e.Changes, change => Assert.True(change.Quantity >= 0));
            Assert.Equal(e.ErrorCode is not null, e.Action == ResourceAction.None);
            Assert.All(e.Changes, change => Assert.DoesNotContain(change.ResourceIds, string.IsNullOrEmpty));
        }
    }
}
