using DdocCost.Domain.Normalise;
using Xunit;
using static DdocCost.Tests.Normalise.Records;

namespace DdocCost.Tests.Normalise;

public sealed class ActorReaderTests
{
    private const string Cli = "aws-cli/2.17.0 md/awscrt#0.20.11 lang/python#3.11.9";
    private const string Terraform = "APN/1.0 HashiCorp/1.0 Terraform/1.6.2 (+https://www.terraform.io)";
    private const string Browser = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36";

    [Theory]
    [InlineData("Developer", "alice", true, Cli, "role/Developer/alice")]
    [InlineData("Developer", "alice", false, Cli, "role/Developer/alice")]
    [InlineData("Developer", "alice", false, Browser, "role/Developer/alice")]
    [InlineData("my-role", "alice", false, Cli, "role/my-role/alice")]
    [InlineData("my-role", "alice.jones", false, "Boto3/1.34.1", "role/my-role/alice.jones")]
    [InlineData("deploy", "alice@example.com", false, Terraform, "role/deploy/alice@example.com")]
    [InlineData("Break-Glass", "Alice_J", true, Cli, "role/Break-Glass/Alice_J")]
    [InlineData("AWSReservedSSO_PowerUserAccess_0123456789abcdef", "alice@example.com", false, Terraform, "sso/PowerUserAccess/alice@example.com")]
    [InlineData("AWSReservedSSO_PowerUserAccess_fedcba9876543210", "alice@example.com", false, Cli, "sso/PowerUserAccess/alice@example.com")]
    public void Names_the_person_behind_a_role(string role, string session, bool mfa, string agent, string id)
    {
        var actor = Actor(Session(role, session, mfa), agent);
        Assert.Equal((id, ActorKind.Person), (actor.Id, actor.Kind));
        Assert.Equal(session, actor.Name);
    }

    [Fact]
    public void Cannot_name_a_person_whose_session_name_is_made_up()
    {
        var actor = Actor(Session("Developer", "botocore-session-1693838393", mfa: true), Cli);
        Assert.Equal(("role/Developer", ActorKind.Person), (actor.Id, actor.Kind));
    }

    [Theory]
    [InlineData("terraform", "tfc-run-ab12", Terraform)]
    [InlineData("terraform", "tfc-run-cd34", Terraform)]
    [InlineData("web-instance-profile", "i-0123456789abcdef0", "Boto3/1.26")]
    [InlineData("web-instance-profile", "i-0123456789abcdef0", Browser)]
    [InlineData("ci-deploy", "github-actions", Cli)]
    [InlineData("infra", "GitHubActions", Cli)]
    [InlineData("airflow", "nightly-etl", Cli)]
    [InlineData("OrdersFunctionRole-1A2B3C", "orders", "Boto3/1.26 exec-env/AWS_Lambda_python3.12")]
    [InlineData("app", "1693838393102938475", "aws-sdk-go-v2/1.24")]
    [InlineData("app", "aws-go-sdk-1693838393102938475", "aws-sdk-go/1.44")]
    [InlineData("app", "4f2c1a9be7d64d0f8a31c5d2e7b90614", Cli)]
    [InlineData("app", "b3128b7b-0310-4d47-8b21-a3b9f57ad64b", Cli)]
    [InlineData("DeveloperPipelineRole", "alice", Cli)]
    [InlineData("whatever", "Some-Session-Name", Cli)]
    public void Takes_all_sessions_of_a_machine_for_one_actor(string role, string session, string agent)
    {
        var actor = Actor(Session(role, session), agent);
        Assert.Equal(($"role/{role}", role, ActorKind.Automation), (actor.Id, actor.Name, actor.Kind));
    }

    [Fact]
    public void Believes_the_identity_provider_above_the_session_name()
    {
        var identity = Session("deploy", "tfc-run-ab12").Replace("\"sessionIssuer\"", "\"sourceIdentity\":\"alice\",\"sessionIssuer\"", StringComparison.Ordinal);
        Assert.Equal("role/deploy/alice", Actor(identity, Terraform).Id);
    }

    [Theory]
    [InlineData("""{"type":"AWSService","invokedBy":"autoscaling.amazonaws.com"}""", "service/autoscaling")]
    [InlineData("""{"type":"AWSService","invokedBy":"eks-nodegroup.amazonaws.com"}""", "service/eks-nodegroup")]
    [InlineData("""{"invokedBy":"backup.amazonaws.com"}""", "service/backup")]
    [InlineData("""{"type":"AssumedRole","arn":"arn:aws:sts::111122223333:assumed-role/AWSServiceRoleForAutoScaling/AutoScaling"}""", "service/autoscaling")]
    [InlineData(
        """
        {"type":"AssumedRole","arn":"arn:aws:sts::111122223333:assumed-role/AWSServiceRoleForAutoScaling_team/AutoScaling","sessionContext":{"sessionIssuer":
         {"arn":"arn:aws:iam::111122223333:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling_team"}}}
        """, "service/autoscaling")]
    public void Recognises_a_service_at_work(string identity, string id)
    {
        var actor = Actor(identity, "autoscaling.amazonaws.com");
        Assert.Equal((id, ActorKind.AwsService), (actor.Id, actor.Kind));
    }

    [Fact]
    public void Looks_behind_a_service_that_works_for_a_person()
    {
        var actor = Actor(Session("Developer", "alice", mfa: true, more: "\"invokedBy\":\"cloudformation.amazonaws.com\","), "cloudformation.amazonaws.com");
        Assert.Equal("role/Developer/alice", actor.Id);
    }

    [Fact]
    public void Takes_a_role_given_to_a_service_for_a_machine()
    {
        var actor = Actor(Session("EngineerStackRole", "AWSCloudFormation", more: "\"invokedBy\":\"cloudformation.amazonaws.com\","), "cloudformation.amazonaws.com");
        Assert.Equal(("role/EngineerStackRole", ActorKind.Automation), (actor.Id, actor.Kind));
    }

    [Theory]
    [InlineData("alice", Cli, ActorKind.Person)]
    [InlineData("alice", Terraform, ActorKind.Person)]
    [InlineData("abbott", Cli, ActorKind.Person)]
    [InlineData("deploy-bot", "Boto3/1.26 Python/3.9", ActorKind.Automation)]
    [InlineData("jenkins", Cli, ActorKind.Automation)]
    [InlineData("svc_backup", Cli, ActorKind.Automation)]
    [InlineData("OrdersDeployUser", Cli, ActorKind.Automation)]
    [InlineData("orders", "Boto3/1.26 exec-env/AWS_Lambda_python3.12", ActorKind.Automation)]
    [InlineData("ci", Browser, ActorKind.Person)]
    public void Guesses_from_its_name_and_tool_what_an_IAM_user_is_for(string name, string agent, ActorKind kind)
    {
        var actor = Actor(User(name), agent);
        Assert.Equal(($"user/{name}", name, kind), (actor.Id, actor.Name, actor.Kind));
    }

    [Theory]
    [InlineData("""{"type":"Root","arn":"arn:aws:iam::111122223333:root"}""", "root", ActorKind.Root)]
    [InlineData("""{"arn":"arn:aws:iam::111122223333:root"}""", "root", ActorKind.Root)]
    [InlineData("""{"arn":"arn:aws:iam::111122223333:user/path/alice"}""", "user/alice", ActorKind.Person)]
    [InlineData("""{"arn":"arn:aws:sts::111122223333:assumed-role/terraform/tfc-run-ab12"}""", "role/terraform", ActorKind.Automation)]
    [InlineData("""{"type":"FederatedUser","arn":"arn:aws:sts::111122223333:federated-user/alice"}""", "federated/alice", ActorKind.Person)]
    [InlineData("""{"type":"FederatedUser","arn":"arn:aws:sts::111122223333:federated-user/build-1693838393"}""", "federated/build-1693838393", ActorKind.Automation)]
    [InlineData("""{"type":"SAMLUser","principalId":"ABC:alice","userName":"alice"}""", "saml/alice", ActorKind.Person)]
    [InlineData("""{"type":"WebIdentityUser","principalId":"accounts.google.com:app:alice","userName":"alice"}""", "web/alice", ActorKind.Person)]
    [InlineData("""{"type":"IdentityCenterUser","onBehalfOf":{"userId":"94482488-3041-7076-33c0"}}""", "sso/94482488-3041-7076-33c0", ActorKind.Person)]
    [InlineData("""{"type":"AWSAccount","principalId":"AIDAEXAMPLE","accountId":"444455556666"}""", "account/444455556666", ActorKind.Unknown)]
    [InlineData("""{"type":"AssumedRole","principalId":"AROAEXAMPLE:alice","sessionContext":{"sessionIssuer":{"userName":"Developer"}}}""", "role/Developer/alice", ActorKind.Person)]
    [InlineData("""{"type":"AssumedRole"}""", "unknown", ActorKind.Unknown)]
    [InlineData("""{"type":"Martian"}""", "unknown", ActorKind.Unknown)]
    [InlineData("""{"type":{"odd":1},"arn":[]}""", "unknown", ActorKind.Unknown)]
    [InlineData("\"alice\"", "unknown", ActorKind.Unknown)]
    [InlineData("null", "unknown", ActorKind.Unknown)]
    public void Reads_every_type_of_identity(string identity, string id, ActorKind kind)
    {
        var actor = Actor(identity, Cli);
        Assert.Equal((id, kind), (actor.Id, actor.Kind));
    }

    [Theory]
    [InlineData("console.amazonaws.com")]
    [InlineData("signin.amazonaws.com")]
    [InlineData("AWS Internal")]
    [InlineData("[S3Console/0.4, aws-internal/3 aws-sdk-java/1.11.991]")]
    [InlineData("EC2ConsoleFrontend, aws-internal/3 aws-sdk-java/1.12.700")]
    [InlineData(Browser)]
    public void Takes_a_call_out_of_the_console_for_a_persons(string agent) =>
        Assert.Equal(ActorKind.Person, Actor(Session("Ops", "X-1"), agent).Kind);

    private static Actor Actor(string identity, string agent) =>
        Understand(Json("ec2", "StopInstances", """{"instancesSet":{"items":[{"instanceId":"i-0a1"}]}}""", identity: identity, agent: agent)).Actor;
}
