using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>EventBridge Pipes, billed by request. Source: Amazon EventBridge Pipes API reference.</summary>
internal static class Pipes
{
    private const string Pipe = "pipes:pipe";

    public static readonly Service Service = new("pipes",
        Starts("CreatePipe", Pipe, "name"),
        Stops("DeletePipe", Pipe, "name"));
}
