namespace DdocCost.Domain.Zombies.Rules;

/// <summary>Lightsail disk that belongs to nothing.</summary>
internal static class UnattachedLightsailDisk
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "LSL-02",
        Title = "Lightsail disk that belongs to nothing",
        Class = ZombieClass.Orphan,
        Kind = Kinds.LightsailDisk,
        Criterion = "It is attached to no instance, and has been so for at least {days} days as far as is known.",
        Window = Threshold.Days(14, 1, 180),
        Sureness = Sureness.High,
        IsDerived = true,
        ConfirmsAfterWindow = true,
        SavingInWords = "no list price is known: unpriced",
        Traps = ["Detached to be moved: scans must see it so for the whole window."],
        Source = "derived: a disk is billed by its size",
        Remedies =
        [
            Remedy.Keep("Keep a snapshot", "lightsail create-disk-snapshot --disk-name {id} --disk-snapshot-name {id}-final"),
            new("Delete the disk", "lightsail delete-disk --disk-name {id}", "All that is on it; the snapshot stays."),
        ],
        Terraform = "aws_lightsail_disk",
        Judge = disk => disk.State("available") & !disk.Flag("attached"),
    };
}
