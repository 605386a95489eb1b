using DdocCost.App.Access;
using DdocCost.Domain.Audit;
using Marten.Linq.MatchesSql;

namespace DdocCost.App.Api;

/// <summary>Who asks, and what they see.</summary>
/// <param name="Sight">Whose data, and of which accounts.</param>
/// <param name="Name">For the audit log.</param>
internal sealed record ApiCaller(Sight Sight, string Name)
{
    /// <summary>The tenant.</summary>
    public string Tenant => Sight.TenantId;

    /// <summary>For the desks.</summary>
    public Speaker Speaker => new(Name, Mouth.Api);

    /// <summary>Bound by the framework as a parameter of handlers.</summary>
    public static ValueTask<ApiCaller> BindAsync(HttpContext http) => new(new ApiCaller(Roles.SightOf(http.User), Roles.SpeakerOf(http.User).Name));

    /// <summary>Those rows that the caller sees, of documents that keep their account as a column.</summary>
    public IQueryable<T> Seen<T>(IQueryable<T> rows)
        where T : notnull => Sight.SeesAll ? rows : rows.Where(row => row.MatchesSql("d.account_id = any(?)", (object)Sight.Accounts));

    /// <summary>A thing of an account that the caller sees.</summary>
    /// <exception cref="ApiException">There is none, or it is in an account that is not theirs to see: the same answer.</exception>
    public T See<T>(T? found, Func<T, string?> accountOf, string what)
        where T : class => found is not null && Sight.Sees(accountOf(found)) ? found : throw ApiException.NotFound(what);

    /// <summary>What concerns all accounts is for those who see all.</summary>
    /// <exception cref="ApiException">The caller sees some accounts only.</exception>
    public void MustSeeAll()
    {
        if (!Sight.SeesAll)
        {
            throw new ApiException(StatusCodes.Status403Forbidden, "Not for you", "This concerns all accounts, and you see some of them only.");
        }
    }
}
