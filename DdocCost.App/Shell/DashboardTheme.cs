using MudBlazor;

namespace DdocCost.App.Shell;

/// <summary>The product's colours, type and shape, light and dark. Text and severity colours keep 4.5:1 on every surface (WCAG 2.2 AA).</summary>
internal static class DashboardTheme
{
    /// <summary>Applies where the page does not ask for dark.</summary>
    public static MudTheme Light { get; } = new()
    {
        PaletteLight = new PaletteLight
        {
            Primary = "#0F6B66", PrimaryContrastText = "#FFFFFF",
            Secondary = "#4A5568", Tertiary = "#6B4FBB",
            Info = "#1D63AE", Success = "#1E7A46", Warning = "#9A5B00", Error = "#BE2A2A",
            Background = "#F6F7F9", BackgroundGray = "#EEF0F3", Surface = "#FFFFFF",
            TextPrimary = "#141A24", TextSecondary = "#535F72", TextDisabled = "#8A94A5",
            ActionDefault = "#535F72", DrawerBackground = "#FFFFFF", DrawerText = "#141A24",
            AppbarBackground = "#FFFFFF", AppbarText = "#141A24",
            LinesDefault = "#E2E6EB", LinesInputs = "#8E99AA", TableLines = "#E9ECF0", Divider = "#E2E6EB", DividerLight = "#EEF0F3",
            TableHover = "#F3F6F8", Skeleton = "#E4E8ED", OverlayDark = "rgba(20,26,36,0.45)",
        },
        LayoutProperties = Layout,
        Typography = Type,
    };

    /// <summary>Applies under <c>&lt;html data-theme="dark"&gt;</c>, which theme.js sets before the first paint.</summary>
    public static MudTheme Dark { get; } = new()
    {
        PseudoCss = new PseudoCss { Scope = ":root[data-theme='dark']" },
        PaletteDark = new PaletteDark
        {
            Primary = "#5CCFC3", PrimaryContrastText = "#06201E",
            Secondary = "#A9B4C4", Tertiary = "#B9A5F5",
            Info = "#7DB7F5", Success = "#6FD39A", Warning = "#F2B454", Error = "#FF8780",
            Background = "#0D1117", BackgroundGray = "#11161D", Surface = "#151B23",
            TextPrimary = "#E7ECF2", TextSecondary = "#9EABBC", TextDisabled = "#66727F",
            ActionDefault = "#9EABBC", DrawerBackground = "#11161D", DrawerText = "#E7ECF2",
            AppbarBackground = "#11161D", AppbarText = "#E7ECF2",
            LinesDefault = "#263040", LinesInputs = "#5B6878", TableLines = "#212A36", Divider = "#263040", DividerLight = "#1C2430",
            TableHover = "#1A222C", Skeleton = "#222B37", OverlayDark = "rgba(0,0,0,0.6)",
        },
        LayoutProperties = Layout,
        Typography = Type,
    };

    private static LayoutProperties Layout => new() { DefaultBorderRadius = "8px" };

    private static Typography Type => new()
    {
        Default = new DefaultTypography { FontFamily = ["Inter", "system-ui", "sans-serif"], FontSize = "0.875rem", LineHeight = "1.5", LetterSpacing = "normal" },
        Button = new ButtonTypography { TextTransform = "none", FontWeight = "600", LetterSpacing = "normal" },
    };
}
