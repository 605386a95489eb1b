namespace DdocCost.Domain.Access;

/// <summary>What somebody filters a list by, under a name of their own.</summary>
/// <param name="List">The page of the list, such as <c>events</c>.</param>
/// <param name="Name">Unique among those of the list.</param>
/// <param name="Query">As in the page's address, without the question mark.</param>
public sealed record SavedFilter(string List, string Name, string Query);
