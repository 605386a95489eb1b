using DdocCost.Domain.Access;
using DdocCost.Domain.Notify;
using DdocCost.Domain.Notify.Digests;
using DdocCost.Jobs.Notify.Digests;
using Marten;
using Npgsql;

namespace DdocCost.Jobs.Notify.Channels.Mail;

/// <summary>
/// What recipients of mail see. Whoever signs in here under the same address reads no more in a letter than on the pages: only their accounts, and nothing once
/// they are shut out. An address of nobody here gets what the channel gets, as an administrator has entered it.
/// </summary>
public sealed class MailSight(IDocumentStore store, NpgsqlDataSource database, DigestReader digests)
{
    /// <summary>Those of the recipients who do not see all, with what they see; the recipient as entered is the key.</summary>
    public async Task<IReadOnlyDictionary<string, Sight>> OfAsync(string tenantId, IReadOnlyList<string> recipients, CancellationToken cancellationToken)
    {
        var names = recipients.ToDictionary(recipient => recipient, NameOf);
        var known = names.Values.Distinct().ToArray();
        await using var session = store.QuerySession(tenantId);
        var people = await session.Query<AppUser>().Where(user => user.TenantId == tenantId && user.NormalizedName.IsOneOf(known)).ToListAsync(cancellationToken);
        var sights = people.ToDictionary(user => user.NormalizedName, user => new Sight(tenantId, user.DisabledAt is null ? user.Accounts : []));
        return names.Where(pair => sights.TryGetValue(pair.Value, out var sight) && !sight.SeesAll).ToDictionary(pair => pair.Key, pair => sights[pair.Value]);
    }

    /// <summary>The message as somebody may read it who does not see all.</summary>
    /// <returns>null where nothing of it is theirs.</returns>
    internal async Task<OutboundMessage?> NarrowAsync(OutboundMessage message, Sight sight, CancellationToken cancellationToken)
    {
        if (sight.Accounts.Length == 0)
        {
            return null;
        }

        Notice? narrowed = message.Notice switch
        {
            CaseNotice notice => sight.Sees(notice.Case.AccountId) ? notice : null,
            StormNotice => Storms.Of([.. (await Storms.CasesAsync(database, message, cancellationToken)).Where(anomaly => sight.Sees(anomaly.AccountId))]) is { Count: > 0 } storm ? storm : null,
            DigestNotice { Digest: var digest } => new DigestNotice { Digest = DigestWriter.Write(await digests.ReadAsync(sight, digest.From, digest.To, digest.TimeZone, cancellationToken)) },
            HealthAlarm alarm => sight.Sees(Alarms.AccountOf(alarm.Subject)) ? alarm : null,
            HeartbeatNotice => new HeartbeatNotice { Lines = [] }, // its figures are those of all accounts
            var other => other,
        };
        return narrowed is null ? null : message with { Notice = narrowed };
    }

    private static string NameOf(string recipient) => (MailSettings.Address(recipient)?.Address ?? recipient).Normalize().ToUpperInvariant();
}
