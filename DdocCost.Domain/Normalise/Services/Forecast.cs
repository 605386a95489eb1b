using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>Amazon Forecast, billed by training hours and forecasts. Source: Amazon Forecast API reference.</summary>
internal static class Forecast
{
    private const string Predictor = "forecast:predictor";
    private const string Result = "forecast:forecast";

    public static readonly Service Service = new("forecast",
        Starts("CreateAutoPredictor", Predictor, "predictorArn"),
        Starts("CreatePredictor", Predictor, "predictorArn"),
        Stops("DeletePredictor", Predictor, "predictorArn"),
        Starts("CreateForecast", Result, "forecastArn"),
        Stops("DeleteForecast", Result, "forecastArn"));
}
