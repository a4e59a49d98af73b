using System.Text.Json.Nodes;
using Aixv.Export.Formats;

namespace Aixv.Export.Importing;

/// <summary>SPDX 2.x JSON.</summary>
internal sealed class SpdxJsonReader() : SpdxReader("spdx-json")
{
    public override bool Recognizes(DocumentProbe document) => document.Member("spdxVersion")?.StartsWith("SPDX-2.", StringComparison.Ordinal) == true;

    protected override JsonObject ContentOf(DocumentProbe document) => document.JsonObject!;
}
