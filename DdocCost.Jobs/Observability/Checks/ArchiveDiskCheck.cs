using DdocCost.Jobs.Archive;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace DdocCost.Jobs.Observability;

/// <summary>The archive's disk takes more.</summary>
internal sealed class ArchiveDiskCheck(IOptions<DataOptions> data, IOptions<ArchiveOptions> archive) : IHealthCheck
{
    private const double Gigabyte = 1024 * 1024 * 1024;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var folder = Path.GetFullPath(archive.Value.Folder ?? Path.Combine(data.Value.Folder, "archive"));
        const string remedy = "free space or enlarge the disk; until then what arrives waits at its source";
        try
        {
            var free = new DriveInfo(folder).AvailableFreeSpace / Gigabyte;
            var says = $"{free:0.0} GB free";
            return Task.FromResult(free switch
            {
                < 0.2 => Findings.Bad(says, remedy),
                < 2 => Findings.Odd(says, remedy),
                _ => HealthCheckResult.Healthy(says),
            });
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return Task.FromResult(Findings.Bad("the archive's folder cannot be looked at", "mount it, and let this process's user write there (Data:Folder)"));
        }
    }
}
