namespace DdocCost.Domain.Zombies.Rules;

/// <summary>AppStream image builder left running.</summary>
internal static class LeftImageBuilder
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "APS-02",
        Title = "AppStream image builder left running",
        Class = ZombieClass.Idle,
        Kind = Kinds.ImageBuilder,
        Criterion = "It has run for at least {days} days as far as is known.",
        Window = Threshold.Days(1, 1, 30),
        Sureness = Sureness.High,
        IsDerived = true,
        ConfirmsAfterWindow = true,
        SavingInWords = "no list price is known: unpriced",
        Traps = ["An image takes hours to build: the window is a day, and scans must see it run for all of it."],
        Source = "derived: an image builder is billed while it runs",
        Remedies =
        [
            new("Stop the image builder", "appstream stop-image-builder --name {id}", "Nothing; its disk stays.", IsReversible: true),
        ],
        Terraform = "aws_appstream_image_builder",
        Judge = builder => builder.State("running"),
    };
}
