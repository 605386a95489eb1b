using DdocCost.Jobs.Notify.Channels.Mail;
using Microsoft.AspNetCore.Components;

namespace DdocCost.App.Notify.Inbound;

/// <summary>Asks a recipient of mails whether to send no more; takes it back as well.</summary>
public sealed partial class MailUnsubscribePage
{
    /// <summary>The sealed pass.</summary>
    [Parameter, EditorRequired] public required string Token { get; set; }

    [CascadingParameter] private HttpContext Http { get; set; } = default!;

    [SupplyParameterFromForm] private Choices? Form { get; set; }

    [Inject] private MailLinks Links { get; set; } = default!;

    [Inject] private MailBook Book { get; set; } = default!;

    private MailPass? Pass { get; set; }

    private bool HasLeft { get; set; }

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        Form ??= new();
        Http.Response.Headers.CacheControl = "no-store";
        Pass = Links.Open(Token) is { Action: MailAction.Unsubscribe } pass ? pass : null;
        if (Pass is null)
        {
            Http.Response.StatusCode = StatusCodes.Status410Gone; // not 404, in whose place the router draws a page of its own
            return;
        }

        HasLeft = await Book.HasLeftAsync(Pass.TenantId, Pass.ChannelId, Pass.Recipient, Http.RequestAborted);
    }

    private async Task ChangeAsync()
    {
        if (Pass is null)
        {
            return;
        }

        HasLeft = Form!.Choice == "leave";
        await (HasLeft
            ? Book.LeaveAsync(Pass.TenantId, Pass.ChannelId, Pass.Recipient, Http.RequestAborted)
            : Book.ReturnAsync(Pass.TenantId, Pass.ChannelId, Pass.Recipient, Http.RequestAborted));
    }

    private sealed class Choices
    {
        public string? Choice { get; set; }
    }
}
