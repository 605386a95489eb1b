using System.Linq.Expressions;
using Marten;

namespace DdocCost.App.Shell;

/// <summary>Keeps queries to what somebody sees. The session is of the tenant already; this is about its accounts.</summary>
internal static class SightQueries
{
    /// <summary>Of all, what belongs to accounts that are seen.</summary>
    /// <param name="all">A query of one tenant.</param>
    /// <param name="sight">Who looks.</param>
    /// <param name="account">The member with the account's id.</param>
    public static IQueryable<T> Seen<T>(this IQueryable<T> all, Sight sight, Expression<Func<T, string>> account)
    {
        if (sight.SeesAll)
        {
            return all;
        }

        Expression<Func<string, bool>> isOne = id => id.IsOneOf(sight.Accounts);
        var call = (MethodCallExpression)isOne.Body;
        return all.Where(Expression.Lambda<Func<T, bool>>(Expression.Call(call.Method, account.Body, Expression.Constant(sight.Accounts)), account.Parameters));
    }
}
