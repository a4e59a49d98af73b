using Aixv.Protocol.Predicates;
using Aixv.Protocol.Statements;
using Aixv.Sigstore.Artifacts;
using Aixv.Sigstore.Bundles;

namespace Aixv.Cli.Publishing.Fetching;

/// <summary>What a bundle's file is called beside the file that it is about.</summary>
internal static class BundleNames
{
    private const int MaximumStatement = 32 * 1024 * 1024;

    /// <summary>Its own name where it has one; else that which <c>sign</c> or <c>attest</c> would give it.</summary>
    public static string For(string file, RemoteBundle bundle) => bundle.Path.Length > 0 ? bundle.Path
        : TypeOf(bundle.Content) is { } type ? $"{Stem(file)}.{type}.sigstore.json"
        : $"{file}.sigstore.json";

    /// <summary>A name that no other bundle has.</summary>
    public static string Numbered(string file, RemoteBundle bundle) => $"{Stem(file)}.{Digest.Of(bundle.Bytes).Hex[..12]}.sigstore.json";

    private static string Stem(string file) => Path.ChangeExtension(file, null);

    /// <summary>The alias of the claim's type; null where the artifact itself is signed.</summary>
    private static string? TypeOf(Bundle bundle)
    {
        if (bundle.Content is not SignedEnvelope { Envelope: var envelope })
        {
            return null;
        }

        try
        {
            var type = SortedJson.ParseObject(envelope.Payload, "statement", MaximumStatement)["predicateType"]?.ToString() ?? "";
            return PredicateTypes.Find(type)?.Alias ?? "attestation";
        }
        catch (FormatException)
        {
            return "attestation";
        }
    }
}
