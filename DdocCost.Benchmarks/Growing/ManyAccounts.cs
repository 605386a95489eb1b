using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using DdocCost.App;
using DdocCost.App.Access;
using DdocCost.Benchmarks.Durable;
using DdocCost.Benchmarks.Faults;
using DdocCost.Domain.Access;
using DdocCost.Domain.Ingestion;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DdocCost.Benchmarks.Growing;

/// <summary>Very many accounts of one tenant on one machine: how long a delivery of each takes, what memory it needs, and how long pages take then.</summary>
internal static partial class ManyAccounts
{
    private const string Password = "correct horse battery";
    private static readonly string[] Pages = ["/", "/accounts", "/anomalies", "/exposure", "/events", "/detection", "/system"];

    /// <summary>Runs and prints.</summary>
    public static async Task<int> RunAsync(int accounts)
    {
        using var servers = await PrivateServers.StartAsync("max_connections=300");
        var database = await servers.NewDatabaseAsync("accounts");
        var clock = Stopwatch.StartNew();
        await using var backlog = await Backlog.FillAsync(servers, database, Enumerable.Range(0, accounts * 3).Select(i => Launch(i % accounts, i / accounts)));
        Print($"{accounts:N0} accounts, three deliveries each: taken in after {clock.Elapsed.TotalSeconds:N0} s");
        clock.Restart();
        backlog.Start(1);
        await backlog.UntilAsync(1);
        Print($"scored by one job server in {clock.Elapsed.TotalSeconds:N0} s, its start included, {accounts * 3 / clock.Elapsed.TotalSeconds:N0} deliveries a second; {await backlog.LeftAsync()}");
        Print($"memory of the job server at most {PeakOf(backlog.Servers[0])} MiB, the database has {await backlog.ScalarAsync<long>("select pg_database_size(current_database()) >> 20")} MiB");
        await VisitAsync(backlog, servers);
        return 0;
    }

    private static async Task VisitAsync(Backlog backlog, PrivateServers servers)
    {
        await MakeUserAsync(backlog.Settings);
        var address = new Uri($"http://127.0.0.1:{FreePort().ToString(CultureInfo.InvariantCulture)}");
        using var app = new Child(
            "app", ["dotnet", Path.Combine(AppContext.BaseDirectory, "DdocCost.App.dll"), "serve", $"--urls={address}", "--Jobs:InProcess=false", $"--ConnectionStrings:Redis={servers.Redis}"], backlog.Settings,
            Path.Combine(backlog.Settings["Data:Folder"], "app.log"));
        var clock = Stopwatch.StartNew();
        app.Start();
        using var browser = new HttpClient(new SocketsHttpHandler()) { BaseAddress = address, Timeout = TimeSpan.FromMinutes(2) };
        while (!await IsReadyAsync(browser))
        {
            await Task.Delay(20);
        }

        Print($"the app is ready after {clock.Elapsed.TotalSeconds:N1} s");
        await SignInAsync(browser);
        foreach (var page in Pages)
        {
            var times = new List<double>();
            for (var visit = 0; visit < 6; visit++)
            {
                clock.Restart();
                using var answer = await browser.GetAsync(page);
                answer.EnsureSuccessStatusCode();
                await answer.Content.ReadAsByteArrayAsync();
                times.Add(clock.Elapsed.TotalMilliseconds);
            }

            Print($"{page}: {times.Skip(1).Order().ElementAt(2):N0} ms (first time {times[0]:N0} ms)");
        }

        Print($"memory of the app at most {PeakOf(app)} MiB");
    }

    private static async Task MakeUserAsync(IReadOnlyDictionary<string, string> settings)
    {
        await using var desk = Server.Build([.. settings.Select(setting => $"--{setting.Key}={setting.Value}"), "--Jobs:InProcess=false"], builder => builder.Logging.ClearProviders());
        await using var scope = desk.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>().CreateAsync(new AppUser { Name = "visitor", TenantId = "default", Role = AccessRole.Administrator }, Password);
    }

    private static async Task<bool> IsReadyAsync(HttpClient browser)
    {
        try
        {
            using var answer = await browser.GetAsync("/health/ready");
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static async Task SignInAsync(HttpClient browser)
    {
        var page = await browser.GetStringAsync("/sign-in");
        var hidden = HiddenField().Matches(page).Select(match => KeyValuePair.Create(match.Groups[1].Value, WebUtility.HtmlDecode(match.Groups[2].Value)));
        using var form = new FormUrlEncodedContent([new("Form.Name", "visitor"), new("Form.Password", Password), .. hidden]);
        using var answer = await browser.PostAsync("/sign-in", form);
        answer.EnsureSuccessStatusCode();
    }

    private static Delivery Launch(int account, int round)
    {
        var (id, number) = (string.Create(CultureInfo.InvariantCulture, $"8{account:D11}"), (account * 10) + round);
        var record = Encoding.UTF8.GetBytes(
            $$$"""
            {"Records":[{"eventVersion":"1.10","userIdentity":{"type":"IAMUser","arn":"arn:aws:iam::{{{id}}}:user/alice","accountId":"{{{id}}}","userName":"alice"},
            "eventTime":"{{{DateTimeOffset.UtcNow.AddHours(round - 4):yyyy-MM-ddTHH:mm:ssZ}}}","eventSource":"ec2.amazonaws.com","eventName":"RunInstances","awsRegion":"eu-west-1","sourceIPAddress":"198.51.100.7","userAgent":"aws-cli",
            "requestParameters":{"instanceType":"m5.large","instancesSet":{"items":[{"minCount":1,"maxCount":1}]}},"responseElements":{"instancesSet":{"items":[{"instanceId":"i-{{{number:x17}}}","instanceType":"m5.large"}]}},
            "eventID":"{{{new Guid(number, 0, 0x4000, 0x80, 0, 0, 0, 0, 0, 0, 1)}}}","eventType":"AwsApiCall","recipientAccountId":"{{{id}}}"}]}
            """);
        return new Delivery($"{id}/{round}.json", DateTimeOffset.UtcNow, () => new MemoryStream(record));
    }

    private static long PeakOf(Child child) => File.ReadLines($"/proc/{child.Id}/status").Where(line => line.StartsWith("VmHWM:", StringComparison.Ordinal))
        .Select(line => long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) / 1024).First();

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static void Print(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"")]
    private static partial Regex HiddenField();
}
