namespace DdocCost.Domain.Zombies.Rules;

/// <summary>MediaLive channel without input.</summary>
internal static class ChannelWithoutInput
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "MDL-01",
        Title = "MediaLive channel without input",
        Class = ZombieClass.Idle,
        Kind = Kinds.MediaChannel,
        Criterion = "It runs, and nothing came in on the last {days} days.",
        Window = Threshold.Days(3, 1, 30),
        Metrics =
        [
            new("in", "AWS/MediaLive", "NetworkIn", Statistic.Maximum, "ChannelId={id},Pipeline={pipelines*}") { Unit = "megabits a second" },
        ],
        Sureness = Sureness.Medium,
        IsDerived = true,
        SavingInWords = "no list price is known: unpriced",
        Traps = ["Kept ready for an event: sureness is medium."],
        Source = "derived: a running channel is billed by the hour",
        Remedies =
        [
            new("Stop the channel", "medialive stop-channel --channel-id {id}", "Its output, until it is started again.", IsReversible: true),
        ],
        Terraform = "aws_medialive_channel",
        Judge = channel => channel.State("RUNNING") & channel.Nothing("in"),
    };
}
