using Aixv.Export.Formats;

namespace Aixv.Export.Findings;

/// <summary>OpenVEX before 0.2.0: vulnerabilities and products are text, or objects as in 0.2.0.</summary>
internal static class OtherOpenVex
{
    private const string Space = "https://openvex.dev/ns";

    public static OtherVersion? Read(DocumentProbe document)
    {
        if (document.Member("@context") is not { } context || !(context == Space || context.StartsWith($"{Space}/", StringComparison.Ordinal)))
        {
            return null;
        }

        var version = context.Length > Space.Length + 1 ? context[(Space.Length + 1)..] : "v0.0.1";
        var format = new ExportFormat("openvex-older", "OpenVEX", version.TrimStart('v'), "application/json", ".openvex.json", ExportCategory.Finding);
        return version.StartsWith("v0.0.", StringComparison.Ordinal) || version.StartsWith("v0.1", StringComparison.Ordinal)
            ? new OtherVersion(format, Check(document), $"checked by the rules that OpenVEX {format.Version} shares with 0.2.0")
            : new OtherVersion(format, null, $"OpenVEX {format.Version} is not checked: versions up to 0.2.0 are");
    }

    private static IReadOnlyList<string> Check(DocumentProbe document) =>
    [
        .. JsonPlace.Check(document.JsonObject, root =>
        {
            root.Text("@id", required: true, notEmpty: true);
            root.Text("author", required: true, notEmpty: true);
            root.Time("timestamp", required: true);
            foreach (var statement in root.Objects("statements", required: true, minimum: 1))
            {
                if (!statement.Has("vulnerability"))
                {
                    statement.Fault("vulnerability is required");
                }

                statement.Time("timestamp");
                OpenVexExporter.CheckStatus(statement);
            }
        }),
    ];
}
