namespace DdocCost.Jobs.Demo.Trail;

/// <summary>Calls somebody makes in an account, each becoming a CloudTrail record. What can be called stands in <c>Calls/</c>, a file per AWS service.</summary>
/// <param name="account">Where.</param>
/// <param name="dice">Ids and other arbitrary details.</param>
/// <param name="write">Takes each record as it is made; not in order of time.</param>
public sealed class CallLog(Account account, Dice dice, Action<TrailRecord> write)
{
    private readonly List<string> _eventIds = [];

    /// <summary>Where.</summary>
    public Account Account { get; } = account;

    /// <summary>Ids and other arbitrary details.</summary>
    public Dice Dice { get; } = dice;

    /// <summary>eventIDs of all records made so far, in the order of making.</summary>
    public IReadOnlyList<string> EventIds => _eventIds;

    /// <summary>Time of the latest record so far, UTC; the beginning of time where there is none.</summary>
    public DateTimeOffset Latest { get; private set; } = DateTimeOffset.MinValue;

    /// <summary>Makes a call.</summary>
    /// <param name="at">When, cut to whole seconds as CloudTrail does.</param>
    /// <param name="who">Who.</param>
    /// <param name="call">What.</param>
    /// <param name="region">Where, or null for the account's home region.</param>
    /// <returns>The eventID of the record.</returns>
    public string Record(DateTimeOffset at, Caller who, ApiCall call, string? region = null)
    {
        region ??= Account.Region;
        var record = new TrailRecord
        {
            Time = DateTimeOffset.FromUnixTimeSeconds(at.ToUnixTimeSeconds()),
            UserIdentity = who.Identity(Account, at),
            EventSource = call.Service + ".amazonaws.com",
            EventName = call.Name,
            Region = region,
            SourceIpAddress = who.SourceIp,
            UserAgent = who.UserAgent,
            ErrorCode = call.Refused?.Code,
            ErrorMessage = call.Refused?.Message,
            RequestParameters = call.Request,
            ResponseElements = call.Refused is null ? call.Response : null,
            RequestId = Dice.NewId(),
            EventId = Dice.NewId().ToString(),
            ReadOnly = call.ReadOnly,
            AccountId = Account.Id,
            // A service that calls on the account's behalf stays inside AWS, where no TLS details are logged.
            TlsDetails = who.SourceIp.EndsWith(".amazonaws.com", StringComparison.Ordinal)
                ? null
                : new { tlsVersion = "TLSv1.3", cipherSuite = "TLS_AES_128_GCM_SHA256", clientProvidedHostHeader = $"{call.Service}.{region}.amazonaws.com" },
        };
        _eventIds.Add(record.EventId);
        Latest = record.Time > Latest ? record.Time : Latest;
        write(record);
        return record.EventId;
    }
}

/// <summary>An AWS API call and what AWS answered.</summary>
/// <param name="Service">Event source without <c>.amazonaws.com</c>.</param>
/// <param name="Name">API operation.</param>
/// <param name="Request">requestParameters.</param>
/// <param name="Response">responseElements, or null where CloudTrail logs none (reads).</param>
/// <param name="ReadOnly">Whether it changes nothing.</param>
/// <param name="Refused">Why AWS refused it, or null.</param>
public sealed record ApiCall(string Service, string Name, object? Request, object? Response, bool ReadOnly = false, Refusal? Refused = null);

/// <summary>An answer that nothing was done.</summary>
/// <remarks>Codes: Amazon EC2 API reference, "Error codes".</remarks>
public sealed record Refusal(string Code, string Message)
{
    /// <summary>The caller asked only whether it may.</summary>
    public static readonly Refusal DryRun = new("Client.DryRunOperation", "Request would have succeeded, but DryRun flag is set.");

    /// <summary>The caller may not.</summary>
    public static readonly Refusal Unauthorized = new("Client.UnauthorizedOperation", "You are not authorized to perform this operation.");

    /// <summary>The account's quota does not allow it.</summary>
    public static readonly Refusal QuotaExceeded = new("Client.VcpuLimitExceeded", "You have requested more vCPU capacity than your current vCPU limit allows for the instance bucket that the specified instance type belongs to.");

    /// <summary>AWS has no such machine free in the zone.</summary>
    public static readonly Refusal NoCapacity = new("Server.InsufficientInstanceCapacity", "We currently do not have sufficient capacity in the Availability Zone you requested.");
}
