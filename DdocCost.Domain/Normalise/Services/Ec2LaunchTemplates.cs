using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>Launch templates, which launches, fleets and Auto Scaling groups refer to. Source: EC2 API reference.</summary>
internal static class Ec2LaunchTemplates
{
    private const string Template = Ec2Terms.Template;

    public static readonly Service Service = new("ec2",
        Defines("CreateLaunchTemplate", Template, DefineTemplate),
        Defines("CreateLaunchTemplateVersion", Template, DefineTemplate));

    // Referred to by id or by name, so defined as both. A version that leaves the type out takes it from the one before.
    private static void DefineTemplate(CloudTrailRecord record, ChangeList changes)
    {
        var template = record.Response["launchTemplate"].Or(record.Response["launchTemplateVersion"]);
        var data = record.Request["launchTemplateData"];
        var traits = new ResourceTraits
        {
            Spot = data["instanceMarketOptions"]["marketType"].Text == "spot",
            Tenancy = Ec2Terms.Tenancy(data["placement"]["tenancy"].Text),
        };
        Define(template["launchTemplateId"].Or(record.Request["launchTemplateId"]).Text);
        Define(template["launchTemplateName"].Or(record.Request["launchTemplateName"]).Text);

        void Define(string? name)
        {
            if (name is not null && data["instanceType"].IsPresent)
            {
                changes.Add(size: data["instanceType"].Text, id: name, traits: traits, definition: $"{Template}/{name}");
            }
        }
    }
}
