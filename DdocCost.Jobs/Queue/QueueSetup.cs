using DdocCost.Domain.Queue;
using DdocCost.Jobs.Aws;
using DdocCost.Jobs.Aws.Credentials;
using Microsoft.Extensions.Options;

namespace DdocCost.Jobs.Queue;

/// <summary>The queue between intake and scoring, from configuration.</summary>
public static class QueueSetup
{
    /// <summary>Adds the queue that <c>Queue:Kind</c> names, instead of the Domain's own. SQS needs <see cref="AwsSetup.AddAws"/>.</summary>
    public static IServiceCollection AddEventQueue(this IServiceCollection services)
    {
        services.AddOptions<QueueOptions>().BindConfiguration("Queue");
        services.AddOptions<SqsOptions>().BindConfiguration("Queue:Sqs").ValidateDataAnnotations().ValidateOnStart();
        return services
            .AddSingleton(provider => new SqsLanes(
                provider.GetRequiredService<AwsCaller>(), provider.GetRequiredService<AccountCredentials>().Machine, provider.GetRequiredService<IOptions<SqsOptions>>().Value))
            .AddSingleton<SqsEventQueue>()
            .AddSingleton<SqsRelay>()
            .AddSingleton<IEventQueue>(provider => IsSqs(provider) ? provider.GetRequiredService<SqsEventQueue>() : new PostgresQueue())
            .AddHostedService<KindCheck>()
            .AddSingleton<IHostedService>(provider => IsSqs(provider) ? provider.GetRequiredService<SqsRelay>() : new Nothing());
    }

    private static bool IsSqs(IServiceProvider provider) => provider.GetRequiredService<IOptions<QueueOptions>>().Value.Kind == QueueKind.Sqs;

    private sealed class Nothing : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
