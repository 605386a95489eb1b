using System.Collections.Concurrent;

namespace DdocCost.Jobs.Zombies;

/// <summary>Counts what a scan asks AWS, and what that costs. Thread-safe.</summary>
/// <param name="mostUsd">What it may cost at most, USD.</param>
internal sealed class HuntMeter(decimal mostUsd)
{
    private readonly ConcurrentDictionary<string, long> calls = new();
    private long metrics;

    /// <summary>How often each operation was called.</summary>
    public IReadOnlyDictionary<string, long> Calls => calls;

    /// <summary>How many metrics were asked for.</summary>
    public long Metrics => Interlocked.Read(ref metrics);

    /// <summary>What it has cost so far, USD.</summary>
    /// <remarks>
    /// GetMetricData 0.01 USD for 1,000 metrics, other CloudWatch calls 0.01 USD for 1,000 (free up to a million a month, which is not
    /// counted on), Cost Explorer 0.01 USD a call, listing in S3 0.005 USD for 1,000. All else is free.
    /// Sources: aws.amazon.com/cloudwatch/pricing, /aws-cost-management/aws-cost-explorer/pricing, /s3/pricing; prices of us-east-1, 2025.
    /// </remarks>
    public decimal Usd => Metrics * 0.00001m + calls.Sum(pair => pair.Value * UsdOf(pair.Key));

    /// <summary>Counts a call.</summary>
    public void Count(string call) => calls.AddOrUpdate(call, 1, (_, before) => before + 1);

    /// <summary>Counts a call before it is made; false where it would cost more than is allowed, and then it is not counted.</summary>
    public bool TryCount(string call)
    {
        if (Usd + UsdOf(call) > mostUsd)
            return false;
        Count(call);
        return true;
    }

    /// <summary>Counts metrics before they are asked for; false where they would cost more than is allowed, and then they are not counted.</summary>
    public bool TryCountMetrics(int count)
    {
        if (Usd + count * 0.00001m > mostUsd)
            return false;
        Interlocked.Add(ref metrics, count);
        return true;
    }

    private static decimal UsdOf(string call) => call switch
    {
        "cloudwatch:GetMetricData" => 0,
        _ when call.StartsWith("ce:", StringComparison.Ordinal) => 0.01m,
        "s3:ListMultipartUploads" or "s3:ListBuckets" => 0.000005m,
        _ when call.StartsWith("cloudwatch:", StringComparison.Ordinal) => 0.00001m,
        _ => 0,
    };
}
