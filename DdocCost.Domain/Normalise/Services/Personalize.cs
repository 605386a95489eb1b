using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>
/// Amazon Personalize: campaigns and recommenders by provisioned requests, models by training hour. Source: Amazon Personalize API
/// reference.
/// </summary>
internal static class Personalize
{
    private const string Campaign = "personalize:campaign";
    private const string Recommender = "personalize:recommender";
    private const string Training = "personalize:solution-version";

    public static readonly Service Service = new("personalize",
        Starts("CreateCampaign", Campaign, (record, changes) => changes.Add(
            size: "tps", quantity: Math.Max(1, record.Request["minProvisionedTPS"].Amount ?? 1), id: record.Response["campaignArn"].Text)),
        Changes("UpdateCampaign", Campaign, id: "campaignArn", quantity: "minProvisionedTPS"),
        Stops("DeleteCampaign", Campaign, "campaignArn"),
        Starts("CreateRecommender", Recommender, "recommenderArn"),
        Starts("StartRecommender", Recommender, "recommenderArn"),
        Stops("StopRecommender", Recommender, "recommenderArn"),
        Stops("DeleteRecommender", Recommender, "recommenderArn"),
        Starts("CreateSolutionVersion", Training, "solutionVersionArn"),
        Stops("StopSolutionVersionCreation", Training, "solutionVersionArn"));
}
