using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>Launch templates, which launches, fleets and Auto Scaling groups refer to. Source: EC2 API reference.</summary>
internal static class Ec2LaunchTemplates
{
    private const string Template = Ec2Terms.Template;

    public static readonly Service Service = new("ec2",
        Defines("CreateLaunchTemplate", Template, (record, changes) => DefineTemplate(record, changes, "$Default", "1")),
        Defines("CreateLaunchTemplateVersion", Template, (record, changes) =>
            DefineTemplate(record, changes, "$Latest", record.Response["launchTemplateVersion"]["versionNumber"].Text)),
        Defines("ModifyLaunchTemplate", Template, ChangeDefault));

    // From now on another version is meant where none is named.
    private static void ChangeDefault(CloudTrailRecord record, ChangeList changes)
    {
        var (made, asked) = (record.Response["launchTemplate"], record.Request);
        if (made["defaultVersionNumber"].Or(asked["setDefaultVersion"]).Or(asked["defaultVersion"]).Text is not { } version)
        {
            return;
        }

        Add(made["launchTemplateId"].Or(asked["launchTemplateId"]).Text);
        Add(made["launchTemplateName"].Or(asked["launchTemplateName"]).Text);

        void Add(string? name)
        {
            if (name is not null)
            {
                changes.Add(id: name, definition: Ec2Terms.TemplateName(name, version: null), sameAs: Ec2Terms.TemplateName(name, version));
            }
        }
    }

    // Referred to by id or by name, so defined as both. The first version is the default, which is meant where none is named. A version that
    // leaves the type out takes it from another, and is not defined.
    private static void DefineTemplate(CloudTrailRecord record, ChangeList changes, params ReadOnlySpan<string?> versions)
    {
        var template = record.Response["launchTemplate"].Or(record.Response["launchTemplateVersion"]);
        var data = record.Request["launchTemplateData"];
        if (!data["instanceType"].IsPresent)
        {
            return;
        }

        var traits = new ResourceTraits
        {
            Spot = data["instanceMarketOptions"]["marketType"].Text == "spot",
            Tenancy = Ec2Terms.Tenancy(data["placement"]["tenancy"].Text),
        };
        Define(template["launchTemplateId"].Or(record.Request["launchTemplateId"]).Text, versions);
        Define(template["launchTemplateName"].Or(record.Request["launchTemplateName"]).Text, versions);

        void Define(string? name, ReadOnlySpan<string?> versions)
        {
            foreach (var version in versions)
            {
                if (name is not null && version is not null)
                {
                    changes.Add(size: data["instanceType"].Text, id: name, traits: traits, definition: Ec2Terms.TemplateName(name, version));
                }
            }
        }
    }
}
