using DdocCost.Domain;
using DdocCost.Jobs;
using DdocCost.Jobs.Live;
using DdocCost.Jobs.Observability;

// How the running process is, for a container's health check.
if (args is ["health", .. var question])
{
    return await HealthProbe.RunAsync(question is [var deep] ? deep : "ready", CancellationToken.None);
}

// The job server as a process of its own; any number of them may run, each with its Jobs:Queues.
var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { Args = args, ContentRootPath = AppContext.BaseDirectory });
var jobs = builder.Configuration.GetSection("Jobs").Get<JobsOptions>() ?? new JobsOptions();
builder.Services
    .AddDomain(ConnectionString("Postgres"))
    .AddLiveFeed(ConnectionString("Redis"))
    .AddJobStorage(ConnectionString("Postgres"))
    .AddObservability(builder.Configuration)
    .AddJobs(jobs.QueuesServed);
await builder.Build().RunAsync();
return 0;

string ConnectionString(string name) =>
    builder.Configuration.GetConnectionString(name)
    ?? throw new InvalidOperationException($"Set ConnectionStrings__{name} (or --ConnectionStrings:{name}=…): where is it?");
