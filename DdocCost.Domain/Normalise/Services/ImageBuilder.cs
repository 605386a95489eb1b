using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>EC2 Image Builder, as the cause of instances and images. Source: EC2 Image Builder API reference.</summary>
internal static class ImageBuilder
{
    private const string Image = "imagebuilder:image";

    public static readonly Service Service = new("imagebuilder",
        Starts("CreateImage", Image, "imageBuildVersionArn"),
        Starts("StartImagePipelineExecution", Image, "imageBuildVersionArn"),
        Stops("CancelImageCreation", Image, "imageBuildVersionArn"),
        Stops("DeleteImage", Image, "imageBuildVersionArn"));
}
