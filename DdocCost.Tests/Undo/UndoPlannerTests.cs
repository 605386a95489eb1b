using System.Diagnostics;
using CsCheck;
using DdocCost.Domain.Ledger;
using DdocCost.Domain.Normalise;
using DdocCost.Domain.Undo;
using DdocCost.Tests.App;

namespace DdocCost.Tests.Undo;

public sealed class UndoPlannerTests
{
    [Theory]
    [InlineData("ec2:instance", "i-0a", null, "aws ec2 stop-instances --region eu-west-1 --instance-ids i-0a", "aws ec2 terminate-instances --region eu-west-1 --instance-ids i-0a")]
    [InlineData("ec2:instance", "i-0a", "autoscaling:web asg", "aws autoscaling update-auto-scaling-group --region eu-west-1 --auto-scaling-group-name 'web asg' --min-size 0 --desired-capacity 0")]
    [InlineData("ec2:instance", "i-0a", "eks:main/default", "aws eks update-nodegroup-config --region eu-west-1 --cluster-name main --nodegroup-name default --scaling-config 'minSize=0,desiredSize=0'")]
    [InlineData("ec2:instance", "i-0a", "eks:?/default", "aws ec2 stop-instances --region eu-west-1 --instance-ids i-0a", "aws ec2 terminate-instances --region eu-west-1 --instance-ids i-0a")]
    [InlineData("ec2:instance", "i-0a", "emr:j-1A", "aws emr terminate-clusters --region eu-west-1 --cluster-ids j-1A")]
    [InlineData("ec2:instance", "i-0a", "fleet:fleet-1", "aws ec2 delete-fleets --region eu-west-1 --fleet-ids fleet-1 --terminate-instances")]
    [InlineData("ec2:instance", "i-0a", "spot-fleet:sfr-1", "aws ec2 cancel-spot-fleet-requests --region eu-west-1 --spot-fleet-request-ids sfr-1 --terminate-instances")]
    [InlineData("ec2:volume", "vol-0a", null, "aws ec2 create-snapshot --region eu-west-1 --volume-id vol-0a --description 'before deletion'", "aws ec2 delete-volume --region eu-west-1 --volume-id vol-0a")]
    [InlineData("ec2:snapshot", "snap-0a", null, "aws ec2 delete-snapshot --region eu-west-1 --snapshot-id snap-0a")]
    [InlineData("vpc:nat-gateway", "nat-0a", null, "aws ec2 delete-nat-gateway --region eu-west-1 --nat-gateway-id nat-0a")]
    [InlineData("vpc:public-ipv4", "eipalloc-0a", null, "aws ec2 release-address --region eu-west-1 --allocation-id eipalloc-0a")]
    [InlineData("vpc:public-ipv4", "203.0.113.7", null, "aws ec2 release-address --region eu-west-1 --public-ip 203.0.113.7")]
    [InlineData("vpc:interface-endpoint", "vpce-0a/subnet-1", null, "aws ec2 delete-vpc-endpoints --region eu-west-1 --vpc-endpoint-ids vpce-0a")]
    [InlineData("autoscaling:group", "web", null, "aws autoscaling update-auto-scaling-group --region eu-west-1 --auto-scaling-group-name web --min-size 0 --desired-capacity 0")]
    [InlineData("rds:db", "orders", null, "aws rds stop-db-instance --region eu-west-1 --db-instance-identifier orders", "aws rds delete-db-instance --region eu-west-1 --db-instance-identifier orders --final-db-snapshot-identifier orders-final")]
    [InlineData("rds:db", "orders-1", "rds:orders", "aws rds delete-db-instance --region eu-west-1 --db-instance-identifier orders-1 --skip-final-snapshot")]
    [InlineData("rds:cluster", "orders", null, "aws rds stop-db-cluster --region eu-west-1 --db-cluster-identifier orders", "aws rds delete-db-cluster --region eu-west-1 --db-cluster-identifier orders --final-db-snapshot-identifier orders-final")]
    [InlineData("elb:load-balancer", "arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/web/1a", null, "aws elbv2 delete-load-balancer --region eu-west-1 --load-balancer-arn arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/web/1a")]
    [InlineData("elb:load-balancer", "classic", null, "aws elb delete-load-balancer --region eu-west-1 --load-balancer-name classic")]
    [InlineData("elasticache:node", "sessions", null, "aws elasticache delete-replication-group --region eu-west-1 --replication-group-id sessions --final-snapshot-identifier sessions-final", "aws elasticache delete-cache-cluster --region eu-west-1 --cache-cluster-id sessions")]
    [InlineData("redshift:cluster", "bi", null, "aws redshift pause-cluster --region eu-west-1 --cluster-identifier bi", "aws redshift delete-cluster --region eu-west-1 --cluster-identifier bi --final-cluster-snapshot-identifier bi-final")]
    [InlineData("sagemaker:endpoint", "churn", null, "aws sagemaker delete-endpoint --region eu-west-1 --endpoint-name churn")]
    [InlineData("sagemaker:notebook", "nb", null, "aws sagemaker stop-notebook-instance --region eu-west-1 --notebook-instance-name nb")]
    [InlineData("sagemaker:training-job", "job", null, "aws sagemaker stop-training-job --region eu-west-1 --training-job-name job")]
    [InlineData("sagemaker:processing-job", "job", null, "aws sagemaker stop-processing-job --region eu-west-1 --processing-job-name job")]
    [InlineData("sagemaker:transform-job", "job", null, "aws sagemaker stop-transform-job --region eu-west-1 --transform-job-name job")]
    [InlineData("eks:cluster", "main", null, "aws eks delete-cluster --region eu-west-1 --name main")]
    [InlineData("eks:nodegroup", "main/default", null, "aws eks update-nodegroup-config --region eu-west-1 --cluster-name main --nodegroup-name default --scaling-config 'minSize=0,desiredSize=0'")]
    [InlineData("ecs:service", "prod/web", null, "aws ecs update-service --region eu-west-1 --cluster prod --service web --desired-count 0")]
    [InlineData("ecs:task", "0a1b", null, "aws ecs stop-task --region eu-west-1 --task 0a1b")]
    [InlineData("opensearch:domain", "logs/master", null, "aws opensearch delete-domain --region eu-west-1 --domain-name logs")]
    [InlineData("lambda:provisioned-concurrency", "resize:live", null, "aws lambda delete-provisioned-concurrency-config --region eu-west-1 --function-name resize --qualifier live")]
    [InlineData("dynamodb:table", "carts", null, "aws dynamodb update-table --region eu-west-1 --table-name carts --billing-mode PAY_PER_REQUEST", "aws dynamodb delete-table --region eu-west-1 --table-name carts")]
    [InlineData("ec2:fleet", "fleet-0a", null, "aws ec2 delete-fleets --region eu-west-1 --fleet-ids fleet-0a --terminate-instances")]
    [InlineData("emr:cluster", "j-1A", null, "aws emr terminate-clusters --region eu-west-1 --cluster-ids j-1A")]
    [InlineData("kinesis:stream", "clicks", null, "aws kinesis delete-stream --region eu-west-1 --stream-name clicks")]
    public void Each_type_of_resource_is_ended_by_its_commands(string type, string id, string? owner, params string[] expected) =>
        Assert.Equal(expected, UndoPlanner.For([Resource(type, id, owner)]).Commands.Select(command => command.Command));

    [Fact]
    public void Like_resources_are_ended_together_and_regions_apart()
    {
        var plan = UndoPlanner.For([Resource("ec2:instance", "i-1"), Resource("ec2:instance", "i-2"), Resource("ec2:instance", "i-3") with { Region = "us-east-1" }]);

        Assert.Equal(["Stop 2 instances", "Terminate 2 instances", "Stop the instance", "Terminate the instance"], plan.Commands.Select(command => command.Title));
        Assert.Equal(["i-1", "i-2"], plan.Commands[0].ResourceIds);
    }

    [Fact]
    public void A_spot_instance_is_not_offered_to_be_stopped()
    {
        var plan = UndoPlanner.For([Resource("ec2:instance", "i-1") with { Traits = new ResourceTraits { Spot = true } }]);

        Assert.Equal("Terminate the instance", Assert.Single(plan.Commands).Title);
    }

    [Fact]
    public void Several_parts_of_one_domain_are_one_command()
    {
        var plan = UndoPlanner.For([Resource("opensearch:domain", "logs"), Resource("opensearch:domain", "logs")]);

        Assert.Equal("aws opensearch delete-domain --region eu-west-1 --domain-name logs", Assert.Single(plan.Commands).Command);
    }

    [Theory]
    [InlineData("ec2:instance", "run-17#1", "CloudTrail did not tell its id")]
    [InlineData("rds:db", "orders\nrm -rf /", "its name holds characters that do not belong into a command")]
    [InlineData("rds:db", "--skip-final-snapshot", "its name holds characters that do not belong into a command")]
    [InlineData("ecs:service", "prod/--force", "its name holds characters that do not belong into a command")]
    [InlineData("rds:db", "file:///etc/passwd", "its name holds characters that do not belong into a command")]
    [InlineData("rds:db", "", "its name holds characters that do not belong into a command")]
    [InlineData("rds:db", "\u202Eorders", "its name holds characters that do not belong into a command")]
    [InlineData("braket:quantum-task", "x", "no command is known for braket:quantum-task")]
    public void What_cannot_be_named_safely_gets_no_command(string type, string id, string reason)
    {
        var plan = UndoPlanner.For([Resource(type, id)]);

        Assert.Empty(plan.Commands);
        Assert.Equal([new UndoGap(id, reason)], plan.Without);
    }

    [Fact]
    public void A_shell_reads_any_quoted_word_as_exactly_that_text() => Gen.String[Gen.Char[' ', '~'], 1, 40].Array[1, 50].Sample(
        words => Assert.Equal(words, Shell($"printf '%s\\n' {string.Join(' ', words.Select(ShellText.Word))}").Split('\n')[..^1]),
        iter: 40);

    private static string Shell(string script)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", script]) { RedirectStandardOutput = true };
        using var shell = Process.Start(start)!;
        var output = shell.StandardOutput.ReadToEnd();
        shell.WaitForExit();
        return output;
    }

    private static RunningResource Resource(string type, string id, string? owner = null) => Some.Running(id, type, 1, owner, "eu-west-1");
}
