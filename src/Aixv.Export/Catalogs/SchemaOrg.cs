using System.Globalization;
using System.Text.Json.Nodes;
using Aixv.Export.Boms;
using Aixv.Export.Dossiers;
using Aixv.Export.Formats;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Export.Catalogs;

/// <summary>What formats over schema.org's vocabulary share.</summary>
internal static class SchemaOrg
{
    /// <summary>Said where a document gives the publisher's word beside facts.</summary>
    public const string Standing = "Digests, parents and datasets are as the signed training claim has them where a bundle is given; licence, authors and descriptions are the publisher's word.";

    public static JsonObject Digest(Digest digest) => new() { ["@type"] = "PropertyValue", ["propertyID"] = "sha256", ["value"] = digest.Hex };

    public static JsonObject? Party(DeclaredParty? party) => party is null ? null : new JsonObject { ["@type"] = party.IsPerson ? "Person" : "Organization", ["name"] = party.Name }
        .With("url", Uris.WebOrNull(party.Url))
        .With("email", party.Email is { } email && email.Contains('@', StringComparison.Ordinal) && !email.Any(char.IsWhiteSpace) ? email : null);

    /// <summary>The address of an SPDX licence, an address as it is, or the text as a work of its own.</summary>
    public static JsonNode? Licence(string? licence) =>
        licence is null ? null
        : LicenceExpression.IdOrNull(licence) is { } id ? $"https://spdx.org/licenses/{id}"
        : Uris.WebOrNull(licence) is { } web ? web
        : new JsonObject { ["@type"] = "CreativeWork", ["name"] = licence };

    /// <summary>A parent or dataset. Its id is its digest where it has one.</summary>
    public static JsonObject Reference(ReferenceFacts reference, string type)
    {
        var thing = new JsonObject { ["@type"] = type };
        if (Id(reference) is { } id)
        {
            thing["@id"] = id;
        }

        return thing
            .With("name", reference.Label)
            .With("url", Uris.AbsoluteOrNull(reference.Uri))
            .With("identifier", reference.Digest is { } digest ? Digest(digest) : null);
    }

    public static string? Id(ReferenceFacts reference) => reference.Digest is { } digest ? $"urn:sha256:{digest.Hex}" : Uris.AbsoluteOrNull(reference.Uri);

    /// <summary>The signed bundle behind the facts.</summary>
    public static JsonObject? Evidence(Dossier dossier)
    {
        if (EvidencePointer.Of(dossier) is not { } evidence)
        {
            return null;
        }

        var description = evidence is { Log: { } log, LogIndex: { } index }
            ? string.Create(CultureInfo.InvariantCulture, $"Signed evidence; entry {index} of the log {log}")
            : "Signed evidence";
        return new JsonObject { ["@type"] = "DigitalDocument", ["@id"] = $"urn:sha256:{evidence.Digest.Hex}", ["name"] = "Sigstore bundle" }
            .With("encodingFormat", evidence.MediaType)
            .With("url", Uris.AbsoluteOrNull(evidence.Location))
            .With("alternateName", Uris.IsAbsolute(evidence.Location) ? null : evidence.Location)
            .With("identifier", Digest(evidence.Digest))
            .With("description", description)
            .With("dateCreated", evidence.Time?.ToRfc3339());
    }

    /// <summary>The publishers' names: the authors, else the supplier.</summary>
    public static IReadOnlyList<DeclaredParty> Authors(DeclaredFacts declared) =>
        !declared.Authors.IsEmpty ? declared.Authors : declared.Supplier is { } supplier ? [supplier] : [];
}
