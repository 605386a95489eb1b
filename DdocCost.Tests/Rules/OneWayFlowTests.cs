using ArchUnitNET.Loader;
using ArchUnitNET.xUnitV3;
using DdocCost.Domain.Ingestion;
using Xunit;
using static ArchUnitNET.Fluent.ArchRuleDefinition;
using Architecture = ArchUnitNET.Domain.Architecture;
using Assembly = System.Reflection.Assembly;

namespace DdocCost.Tests.Rules;

/// <summary>Dependencies point one way: App → Jobs → Domain, and inside the Domain each stage knows only the stages before it.</summary>
public sealed class OneWayFlowTests
{
    private static readonly Assembly Domain = typeof(RawRecord).Assembly;

    /// <summary>The stages in the order in which an event passes them. Support folders that every stage may use are not listed.</summary>
    private static readonly string[] Stages = ["Audit", "Ingestion", "Normalise", "Pricing", "Ledger", "Scoring", "Tuning", "Anomalies", "Pipeline", "Backtest", "Reprocess", "Notify", "Zombies", "Reconcile"];

    private static readonly string[] ForbiddenInDomain = ["Microsoft.AspNetCore", "MudBlazor", "Hangfire", "Amazon", "StackExchange.Redis", "MailKit"];

    private static readonly Architecture Architecture = new ArchLoader().LoadAssemblies(Domain).Build();

    public static TheoryData<string, string> LaterStages()
    {
        var pairs = new TheoryData<string, string>();
        foreach (var (stage, i) in Stages.Select((stage, i) => (stage, i)))
        {
            foreach (var later in Stages.Skip(i + 1))
            {
                pairs.Add(stage, later);
            }
        }

        return pairs;
    }

    [Theory]
    [MemberData(nameof(LaterStages))]
    public void A_stage_does_not_know_a_later_one(string stage, string later) =>
        Types().That().ResideInNamespaceMatching($@"^DdocCost\.Domain\.{stage}(\.|$)")
            .Should().NotDependOnAny(Types().That().ResideInNamespaceMatching($@"^DdocCost\.Domain\.{later}(\.|$)"))
            .WithoutRequiringPositiveResults()
            .Check(Architecture);

    [Fact]
    public void Every_stage_named_here_exists() =>
        Assert.Empty(Stages.Except(Domain.GetTypes().Select(StageOf).OfType<string>()));

    [Fact]
    public void The_domain_knows_no_web_no_AWS_no_Hangfire() =>
        Assert.DoesNotContain(
            Domain.GetReferencedAssemblies(),
            reference => ForbiddenInDomain.Any(name => reference.Name!.StartsWith(name, StringComparison.Ordinal)));

    [Fact]
    public void The_domain_knows_neither_jobs_nor_app() =>
        Assert.DoesNotContain(
            Domain.GetReferencedAssemblies(),
            reference => reference.Name is "DdocCost.Jobs" or "DdocCost.App");

    [Fact]
    public void Jobs_do_not_know_the_app() =>
        Assert.DoesNotContain(
            Assembly.Load("DdocCost.Jobs").GetReferencedAssemblies(),
            reference => reference.Name is "DdocCost.App" or "MudBlazor");

    private static string? StageOf(System.Type type) =>
        type.Namespace is { } name && name.StartsWith("DdocCost.Domain.", StringComparison.Ordinal) ? name.Split('.')[2] : null;
}
