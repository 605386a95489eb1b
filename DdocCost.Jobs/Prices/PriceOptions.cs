using System.ComponentModel.DataAnnotations;
using DdocCost.Domain.Pricing;

namespace DdocCost.Jobs.Prices;

/// <summary>Where newer list prices come from. Bound to <c>Prices</c>.</summary>
public sealed class PriceOptions : IValidatableObject
{
    /// <summary>Whether list prices are fetched from AWS. Off, the embedded price book is used as it is, and nothing leaves the installation.</summary>
    /// <value>Default false.</value>
    public bool Refresh { get; set; }

    /// <summary>
    /// Whether prices of instance types that run and that the price book does not list are asked of the AWS Price List query API, with the
    /// credentials of the connected account or of this machine (<c>pricing:GetProducts</c>). Needs no <see cref="Refresh"/>.
    /// </summary>
    /// <value>Default false.</value>
    public bool Query { get; set; }

    /// <summary>The AWS Price List (bulk API), or a mirror of it. Needs no credentials.</summary>
    /// <value>Default AWS's own. http or https.</value>
    [Required]
    public Uri Url { get; set; } = new("https://pricing.us-east-1.amazonaws.com");

    /// <summary>Regions whose prices are fetched. A region's files have some 400 MB.</summary>
    /// <value>Default none named: us-east-1 and every region in which something is known to run.</value>
    public IReadOnlyList<string> Regions { get; set; } = [];

    /// <summary>Yuan for one dollar: prices of AWS China are listed in yuan and shown in dollars at this rate, which each figure states.</summary>
    /// <value>Default 7.2, about that of November 2024, when those prices were seen. From 1 to 100.</value>
    [Range(1.0, 100.0)]
    public decimal CnyPerUsd { get; set; } = ExchangeRates.Default.CnyPerUsd;

    /// <summary>How long one file may take, however large.</summary>
    /// <value>Default 30 minutes. From 1 second to 6 hours.</value>
    [Range(typeof(TimeSpan), "00:00:01", "06:00:00")]
    public TimeSpan FileTimeout { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>How often a file is tried.</summary>
    /// <value>Default 3. From 1 to 10.</value>
    [Range(1, 10)]
    public int Attempts { get; set; } = 3;

    /// <summary>How often a process looks whether another version of the price book was taken into use.</summary>
    /// <value>Default 10 seconds. From 50 milliseconds to 1 hour.</value>
    [Range(typeof(TimeSpan), "00:00:00.050", "01:00:00")]
    public TimeSpan Watch { get; set; } = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!Url.IsAbsoluteUri || Url.Scheme is not ("http" or "https"))
            yield return new ValidationResult($"Prices:Url must be an http or https address, not '{Url}'.", [nameof(Url)]);
    }
}
