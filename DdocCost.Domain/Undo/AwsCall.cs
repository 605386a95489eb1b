using System.Text;

namespace DdocCost.Domain.Undo;

/// <summary>Builds one line for the AWS command line interface.</summary>
internal sealed class AwsCall
{
    private readonly StringBuilder _line = new("aws");

    /// <summary>Begins with <c>aws service operation --region …</c>.</summary>
    public AwsCall(string service, string operation, string region)
    {
        _line.Append(' ').Append(service).Append(' ').Append(operation);
        With("--region", region);
    }

    /// <summary>Adds an option and its words.</summary>
    public AwsCall With(string option, params IEnumerable<string> words)
    {
        _line.Append(' ').Append(option);
        foreach (var word in words)
        {
            _line.Append(' ').Append(ShellText.Word(word));
        }

        return this;
    }

    /// <summary>Adds one word as it stands, quoted where a shell would read more into it.</summary>
    public AwsCall Word(string word)
    {
        _line.Append(' ').Append(ShellText.Word(word));
        return this;
    }

    /// <inheritdoc />
    public override string ToString() => _line.ToString();
}
