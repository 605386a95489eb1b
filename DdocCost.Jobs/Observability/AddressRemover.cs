using System.Diagnostics;
using OpenTelemetry;

namespace DdocCost.Jobs.Observability;

/// <summary>Takes paths and queries out of spans, where links of mails and setup codes would be; the route, such as <c>/mail/act/{Token}</c>, stays.</summary>
internal sealed class AddressRemover : BaseProcessor<Activity>
{
    public override void OnEnd(Activity data)
    {
        foreach (var name in (string[])["url.path", "url.query", "url.full"])
        {
            data.SetTag(name, null);
        }
    }
}
