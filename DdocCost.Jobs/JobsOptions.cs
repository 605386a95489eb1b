using System.ComponentModel.DataAnnotations;

namespace DdocCost.Jobs;

/// <summary>What this process works on. Configuration section <c>Jobs</c>.</summary>
public sealed class JobsOptions : IValidatableObject
{
    /// <summary>Whether the web application runs the job server inside. A job server of its own ignores it.</summary>
    /// <value>Default true: one process is the product.</value>
    public bool InProcess { get; set; } = true;

    /// <summary>The queues this process serves, from <see cref="JobQueue.All"/>. A process that serves <c>score</c> also consumes lanes.</summary>
    /// <value>Default all.</value>
    public string[] Queues { get; set; } = [];

    /// <summary>Jobs at a time.</summary>
    /// <value>Default 4. From 1 to 50. Each takes up to two database connections.</value>
    [Range(1, 50)]
    public int Workers { get; set; } = 4;

    /// <summary>Whether <c>serve</c>, <c>import</c> and the job server bring the database up to date when they start.</summary>
    /// <value>Default true. With false, run <c>migrate</c> before a new version.</value>
    public bool MigrateAtStart { get; set; } = true;

    /// <summary>How long <c>serve</c> and the job server wait at their start for a PostgreSQL that does not answer, before they end with a word.</summary>
    /// <value>Default 2 minutes. From 0 to 1 day.</value>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan WaitForDatabase { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>The queues, with the default applied.</summary>
    public IReadOnlyList<string> QueuesServed => Queues.Length == 0 ? JobQueue.All : Queues;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        Queues.Except(JobQueue.All).Select(unknown => new ValidationResult(
            $"Jobs:Queues names '{unknown}'; there are {string.Join(", ", JobQueue.All)}.", [nameof(Queues)]));
}
