namespace DdocCost.Domain.Zombies.Rules;

/// <summary>Multipart upload that was never finished.</summary>
internal static class AbandonedUpload
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "S3-03",
        Title = "Multipart upload that was never finished",
        Class = ZombieClass.Stale,
        Kind = Kinds.Upload,
        Criterion = "It was begun at least {days} days ago and neither completed nor aborted.",
        Window = Threshold.Days(7, 1, 90),
        Sureness = Sureness.High,
        SavingInWords = "its parts are not told by the list: unpriced",
        Saves = upload => Saving.Unpriced("how much was uploaded is not told without listing its parts"),
        Traps =
        [
            "Long uploads of huge objects take days: the window can be raised.",
            "One call lists a thousand of them; the first thousand of each bucket are looked at.",
        ],
        Source = "Flexera; CFM tips; AWS Trusted Advisor c1cj39rr6v for the missing rule",
        Remedies =
        [
            new("Abort the upload", "s3api abort-multipart-upload --bucket {bucket} --key {key} --upload-id {id}", "The parts uploaded so far."),
        ],
        Terraform = "aws_s3_bucket_lifecycle_configuration",
        Judge = upload => upload.IsOld,
    };
}
