namespace DdocCost.Domain.Zombies.Rules;

/// <summary>CloudHSM cluster that no client uses.</summary>
internal static class IdleHsm
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "HSM-01",
        Title = "CloudHSM cluster that no client uses",
        Class = ZombieClass.Idle,
        Kind = Kinds.HsmCluster,
        Criterion = "It has modules, and none of them had more than {sessions} sessions at any time in the last {days} days.",
        Window = Threshold.Days(30, 7, 63),
        Limits = [new("sessions", 4, 0, 100, "sessions")],
        Metrics =
        [
            new("sessions", "AWS/CloudHSM", "HsmSessionCount", Statistic.Maximum, "ClusterId={id},HsmId={modules*}") { Unit = "sessions" },
        ],
        Sureness = Sureness.Low,
        IsDerived = true,
        SavingInWords = "module hours at list price",
        Traps =
        [
            "Each client keeps two to four sessions open: nothing is never reached, so there is a threshold and sureness is low.",
            "The root key of an offline authority is used once a year.",
        ],
        Source = "derived: each module is billed by the hour",
        Remedies =
        [
            new("Delete one module", "cloudhsmv2 delete-hsm --cluster-id {id} --hsm-id {module}", "That module; the cluster's backup stays, and a module can be added again.", IsReversible: true),
        ],
        Terraform = "aws_cloudhsm_v2_cluster",
        Judge = cluster => cluster.State("active") & cluster.Has("modules") & cluster.Peak("sessions") <= cluster.Limit("sessions"),
    };
}
