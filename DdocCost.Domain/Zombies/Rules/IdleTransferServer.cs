namespace DdocCost.Domain.Zombies.Rules;

/// <summary>Transfer Family server without files.</summary>
internal static class IdleTransferServer
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "TRF-01",
        Title = "Transfer Family server without files",
        Class = ZombieClass.Idle,
        Kind = Kinds.TransferServer,
        Criterion = "It is online, and no file and no byte went in or out during the last {days} days.",
        Window = Threshold.Days(30, 7, 63),
        Metrics =
        [
            new("in", "AWS/Transfer", "BytesIn", Statistic.Sum, "ServerId={id}") { Unit = "bytes", IsSparse = true },
            new("out", "AWS/Transfer", "BytesOut", Statistic.Sum, "ServerId={id}") { Unit = "bytes", IsSparse = true },
            new("files", "AWS/Transfer", "FilesIn", Statistic.Sum, "ServerId={id}") { Unit = "files", IsSparse = true },
        ],
        Sureness = Sureness.High,
        IsDerived = true,
        SavingInWords = "hours for each protocol at list price",
        Traps =
        [
            "Partners that deliver at the end of a month: the window is 30 days.",
            "Stopping it does not stop the bill.",
        ],
        Source = "derived: each protocol is billed by the hour, online or not",
        Remedies =
        [
            new("Delete the server", "transfer delete-server --server-id {id}", "The server with its users, keys and address."),
        ],
        Terraform = "aws_transfer_server",
        Judge = server => server.State("online", "offline") & server.Nothing("in", "out", "files"),
    };
}
