using System.Text.RegularExpressions;
using DdocCost.Domain.Undo;

namespace DdocCost.Domain.Zombies;

/// <summary>
/// A step that a person can take against a zombie: a line for the AWS command line interface, written as a template. We never run it.
/// </summary>
/// <param name="Title">What it does.</param>
/// <param name="Template">
/// The line without <c>aws</c> and <c>--region</c>; <c>{id}</c>, <c>{name}</c>, <c>{arn}</c>, any fact, and <c>{relation*}</c> (its ids one by one)
/// stand for what the resource has.
/// </param>
/// <param name="Loses">What is lost by it.</param>
/// <param name="IsReversible">Whether what it ends can be brought back with its data.</param>
public sealed partial record Remedy(string Title, string Template, string Loses, bool IsReversible = false)
{
    /// <summary>Keeps what would be lost: comes before what ends it.</summary>
    public static Remedy Keep(string title, string template) => new(title, template, "Nothing. What is kept costs its storage.", IsReversible: true);

    /// <summary>The line for one resource; null where something it needs is not known or is no safe text.</summary>
    public NextStep? For(Resource resource)
    {
        var words = Template.Split(' ').SelectMany(word => Filled(word, resource)).ToList();
        if (words.Contains(null))
            return null;
        var line = new AwsCall(words[0]!, words[1]!, resource.Region);
        foreach (var word in words.Skip(2))
            line.Word(word!);
        return new NextStep(Title, line.ToString(), Loses, IsReversible);
    }

    private static IEnumerable<string?> Filled(string word, Resource resource)
    {
        if (Many().Match(word) is { Success: true } many)
            return resource.Linked(many.Groups[1].Value) is { Count: > 0 } ids ? ids.Select(Safe) : [null];
        var missing = false;
        var filled = One().Replace(word, hole =>
        {
            var value = Safe(Value(hole.Groups[1].Value, resource));
            missing |= value is null;
            return value ?? "";
        });
        return [missing ? null : filled];
    }

    private static string? Value(string name, Resource resource) => name switch
    {
        "id" => resource.Id,
        "name" => resource.Name ?? resource.Id,
        "arn" => resource.Arn,
        "account" => resource.AccountId,
        _ => resource.Text(name),
    };

    private static string? Safe(string? text) => text is not null && ShellText.IsSafe(text) ? text : null;

    [GeneratedRegex(@"^\{(\w+)\*\}$")]
    private static partial Regex Many();

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex One();
}

/// <summary>A step for one zombie, ready to be read, checked and run by a person.</summary>
/// <param name="Title">What it does.</param>
/// <param name="Command">For a POSIX shell, safely quoted.</param>
/// <param name="Loses">What is lost by it.</param>
/// <param name="IsReversible">Whether what it ends can be brought back with its data.</param>
public sealed record NextStep(string Title, string Command, string Loses, bool IsReversible);
