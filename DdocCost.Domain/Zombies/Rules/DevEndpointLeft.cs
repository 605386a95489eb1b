namespace DdocCost.Domain.Zombies.Rules;

/// <summary>Glue development endpoint.</summary>
internal static class DevEndpointLeft
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "GLU-01",
        Title = "Glue development endpoint",
        Class = ZombieClass.Idle,
        Kind = Kinds.DevEndpoint,
        Criterion = "It is ready, and older than {days} days.",
        Window = Threshold.Days(1, 1, 90),
        Sureness = Sureness.High,
        IsDerived = true,
        SavingInWords = "its processing units at list price",
        Traps =
        [
            "It is billed all the time, and AWS has replaced it by sessions: any that is left is worth a look.",
        ],
        Source = "derived: a development endpoint is billed while it exists",
        Remedies =
        [
            new("Delete the endpoint", "glue delete-dev-endpoint --endpoint-name {id}", "The endpoint and notebooks attached to it."),
        ],
        Terraform = "aws_glue_dev_endpoint",
        Judge = endpoint => endpoint.State("ready") & endpoint.IsOld,
    };
}
