using System.Collections.Immutable;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Aixv.Protocol.Bundles;
using Aixv.Protocol.Schemas;

namespace Aixv.Protocol.Records;

/// <summary>The kinds of record: four of the core, three provisional, and any other lower kebab-case word.</summary>
public static partial class RecordKinds
{
    public const string Policy = "policy";
    public const string Advisory = "advisory";
    public const string Bundle = "bundle";
    public const string Rollback = "rollback";
    public const string Waiver = "waiver";
    public const string Incident = "incident";
    public const string Evidence = "evidence";

    /// <summary>The kinds that AIXV names.</summary>
    public static ImmutableArray<string> Known { get; } = [Policy, Advisory, Bundle, Rollback, Waiver, Incident, Evidence];

    internal static TextShape Shape { get; } = new(Pattern, "a lower-case word with dashes, as incident-report");

    [GeneratedRegex("^[a-z][a-z0-9]{0,63}(-[a-z0-9]{1,63}){0,8}$", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern { get; }

    /// <exception cref="FormatException">Not a kind, or not one of <see cref="Known"/> where that is asked.</exception>
    public static string Parse(string kind, bool onlyKnown)
    {
        if (kind is null || kind.EndsWith('\n') || !Pattern.IsMatch(kind))
        {
            throw new FormatException($"invalid record kind: found '{kind}', allowed: {Shape.About}");
        }

        return !onlyKnown || Known.Contains(kind)
            ? kind
            : throw new FormatException($"unknown record kind: {kind} (known: {string.Join(", ", Known)}; pass --no-validate-known-kind for another)");
    }

    /// <summary>Whether payloads of this kind have a schema.</summary>
    public static bool HasSchema(string kind) => kind is Policy or Advisory or Bundle or Waiver;

    /// <summary>Checks a payload by the schema of its kind, and brings it into canonical form. Kinds without a schema keep theirs as it is.</summary>
    /// <exception cref="FormatException">It does not fit; the message names every place.</exception>
    public static JsonObject ReadPayload(string kind, JsonObject payload) => kind switch
    {
        Policy => Policies.Policy.Read(payload).ToJson(),
        Advisory => Advisories.Advisory.Read(payload).ToJson(),
        Bundle => ArtifactBundle.Read(payload).ToJson(),
        Waiver => Waivers.Waiver.Read(payload).ToJson(),
        Rollback => Rollbacks.RollbackRecord.Read(payload).ToJson(),
        _ => payload.DeepClone().AsObject(),
    };
}
