using Hangfire.Common;
using Hangfire.States;
using Hangfire.Storage;

namespace DdocCost.Jobs;

/// <summary>
/// Keeps a finished job for minutes, not for a day: with polls every few seconds the day's would be tens of thousands of rows. Failed jobs stay
/// until somebody looks.
/// </summary>
internal sealed class ForgetSoon : JobFilterAttribute, IApplyStateFilter
{
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(15);

    public void OnStateApplied(ApplyStateContext context, IWriteOnlyTransaction transaction) => context.JobExpirationTimeout = Kept;

    public void OnStateUnapplied(ApplyStateContext context, IWriteOnlyTransaction transaction) => context.JobExpirationTimeout = Kept;
}
