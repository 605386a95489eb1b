namespace DdocCost.Domain.Zombies.Rules;

/// <summary>EMR Serverless application that keeps workers nobody uses.</summary>
internal static class IdleEmrServerless
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "EMR-03",
        Title = "EMR Serverless application that keeps workers nobody uses",
        Class = ZombieClass.Idle,
        Kind = Kinds.EmrServerless,
        Criterion = "It is started with workers kept ready, and on each of the last {days} days none of them ran.",
        Window = Threshold.Days(2, 1, 63),
        Metrics =
        [
            new("running", "AWS/EMRServerless", "RunningWorkerCount", Statistic.Maximum, "ApplicationId={id}") { Unit = "workers", IsSparse = true },
        ],
        Sureness = Sureness.Medium,
        IsDerived = true,
        SavingInWords = "the workers kept ready at list price",
        Traps = ["One that stops itself when idle is left out."],
        Source = "derived: workers kept ready are billed while the application is started",
        Remedies =
        [
            new("Stop the application", "emr-serverless stop-application --application-id {id}", "Its warm workers; the next job takes longer to start.", IsReversible: true),
        ],
        Terraform = "aws_emrserverless_application",
        Judge = application => application.State("started") & application.Resource.Traits.VCpu is > 0 & !application.FlagOrNot("stopsItself") & application.Nothing("running"),
    };
}
