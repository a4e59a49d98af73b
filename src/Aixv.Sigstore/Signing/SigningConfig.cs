using System.Collections.Immutable;
using Aixv.Sigstore.Json;

namespace Aixv.Sigstore.Signing;

/// <summary>Where to sign: the services of one Sigstore instance (<c>SigningConfig</c> v0.2 of sigstore_trustroot.proto).</summary>
/// <remarks>Members that are not known are ignored: the file is not signed evidence, and newer ones must stay readable.</remarks>
public sealed record SigningConfig
{
    public const string MediaType = "application/vnd.dev.sigstore.signingconfig.v0.2+json";

    /// <summary>The largest config that is read, in bytes.</summary>
    public const int MaximumBytes = 1024 * 1024;

    private const int MaximumServices = 64;

    public ImmutableArray<SigningService> CertificateAuthorities { get; init; } = [];

    public ImmutableArray<SigningService> IdentityProviders { get; init; } = [];

    public ImmutableArray<SigningService> Logs { get; init; } = [];

    public ServiceSelection LogSelection { get; init; } = ServiceSelection.Undefined;

    public ImmutableArray<SigningService> TimestampAuthorities { get; init; } = [];

    public ServiceSelection TimestampSelection { get; init; } = ServiceSelection.Undefined;

    /// <summary>Reads a config.</summary>
    /// <param name="json">UTF-8, at most <see cref="MaximumBytes"/>.</param>
    /// <exception cref="FormatException">Not a signing config of version 0.2.</exception>
    public static SigningConfig Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            return Read(ProtoObject.Parse(json, MaximumBytes));
        }
        catch (FormatException e)
        {
            throw new FormatException($"signing config: {e.Message}", e);
        }
    }

    private static SigningConfig Read(ProtoObject json)
    {
        var mediaType = json.RequiredText("mediaType");
        if (mediaType != MediaType)
        {
            throw new FormatException($"$.mediaType: '{mediaType}' is not supported (expected {MediaType})");
        }

        return new SigningConfig
        {
            CertificateAuthorities = ReadServices(json, "caUrls"),
            IdentityProviders = ReadServices(json, "oidcUrls"),
            Logs = ReadServices(json, "rekorTlogUrls"),
            LogSelection = ReadSelection(json, "rekorTlogConfig"),
            TimestampAuthorities = ReadServices(json, "tsaUrls"),
            TimestampSelection = ReadSelection(json, "tsaConfig"),
        };
    }

    private static ImmutableArray<SigningService> ReadServices(ProtoObject json, string name) =>
        [.. json.Messages(name, MaximumServices).Select(ReadService)];

    private static SigningService ReadService(ProtoObject json)
    {
        var url = json.RequiredText("url");
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.UserInfo.Length > 0)
        {
            throw new FormatException($"{json.Path}.url: expected an http or https URL without user name, found '{url}'");
        }

        var valid = json.Message("validFor");
        return new SigningService(uri, json.Number("majorApiVersion"), valid?.Time("start"), valid?.Time("end"), json.Text("operator") ?? "");
    }

    private static ServiceSelection ReadSelection(ProtoObject json, string name)
    {
        if (json.Message(name) is not { } selection)
        {
            return ServiceSelection.Undefined;
        }

        var selector = selection.Text("selector") switch
        {
            "ALL" => ServiceSelector.All,
            "ANY" => ServiceSelector.Any,
            "EXACT" => ServiceSelector.Exact,
            // Enums grow: what this code does not know is as good as not said, and refused only where it is needed.
            _ => ServiceSelector.Undefined,
        };
        return new ServiceSelection(selector, selection.Number("count"));
    }
}
