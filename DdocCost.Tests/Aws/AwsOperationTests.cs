using System.Text.RegularExpressions;
using DdocCost.Jobs.Aws;

namespace DdocCost.Tests.Aws;

public sealed partial class AwsOperationTests
{
    [Fact]
    public void Every_operation_that_is_called_names_its_permissions()
    {
        var operations = AwsOperation.AllIn(typeof(AwsOperation).Assembly);

        Assert.Contains(operations, operation => operation.Actions.Contains("sts:AssumeRole"));
        Assert.All(operations, operation => Assert.All(operation.Actions, action => Assert.Matches(Action(), action)));
    }

    [GeneratedRegex("^[a-z0-9-]+:[A-Z][A-Za-z0-9]+$")]
    private static partial Regex Action();
}
