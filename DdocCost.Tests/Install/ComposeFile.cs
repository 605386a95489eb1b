using DdocCost.Tests.Support;
using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace DdocCost.Tests.Install;

/// <summary><c>docker-compose.yml</c> as it stands, with its anchors resolved.</summary>
internal static class ComposeFile
{
    private static readonly Dictionary<object, object> Root = Read();

    /// <summary>Its services by name.</summary>
    public static IReadOnlyDictionary<string, Dictionary<object, object>> Services { get; } =
        Section("services").ToDictionary(pair => (string)pair.Key, pair => (Dictionary<object, object>)pair.Value);

    /// <summary>A part at the top.</summary>
    public static Dictionary<object, object> Section(string name) => (Dictionary<object, object>)Root[name];

    /// <summary>A list of a service; empty where it has none.</summary>
    public static IReadOnlyList<string> List(string service, string name) =>
        Services[service].TryGetValue(name, out var value) ? [.. ((List<object>)value).Select(item => (string)item)] : [];

    /// <summary>A text of a service, or null.</summary>
    public static string? Text(string service, string name) => Services[service].GetValueOrDefault(name) as string;

    /// <summary>The environment of a service, before what <c>.env</c> puts in.</summary>
    public static Dictionary<string, string> Environment(string service) =>
        ((Dictionary<object, object>)Services[service]["environment"]).ToDictionary(pair => (string)pair.Key, pair => (string)pair.Value);

    private static Dictionary<object, object> Read()
    {
        using var text = File.OpenText(Repository.PathOf("docker-compose.yml"));
        return new DeserializerBuilder().Build().Deserialize<Dictionary<object, object>>(new MergingParser(new Parser(text)));
    }
}
