namespace DdocCost.Domain.Zombies.Rules;

/// <summary>Glue session that nobody closed.</summary>
internal static class LongGlueSession
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "GLU-02",
        Title = "Glue session that nobody closed",
        Class = ZombieClass.Idle,
        Kind = Kinds.GlueSession,
        Criterion = "It is ready and was made at least {days} days ago.",
        Window = Threshold.Days(1, 1, 30),
        Sureness = Sureness.Medium,
        IsDerived = true,
        SavingInWords = "its processing units at list price",
        Traps =
        [
            "It ends by itself after its idle time-out, 48 hours where nobody set one: the window is shorter.",
        ],
        Source = "derived: a session is billed while it is ready",
        Remedies = [new("Stop the session", "glue stop-session --id {id}", "What is in its memory.")],
        Terraform = "aws_glue_job",
        Judge = session => session.State("ready") & session.IsOld,
    };
}
