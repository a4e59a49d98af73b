using Microsoft.AspNetCore.WebUtilities;

namespace Aixv.Authority.Identity;

/// <summary>Where a code goes: a loopback address of any port (RFC 8252 §7.3), or the screen.</summary>
internal sealed record RedirectTarget
{
    /// <summary>Shows the code for the person to copy.</summary>
    public const string OutOfBand = "urn:ietf:wg:oauth:2.0:oob";

    private const int MaximumLength = 512;
    private readonly Uri? uri;

    private RedirectTarget(string text, Uri? uri)
    {
        Text = text;
        this.uri = uri;
    }

    /// <summary>As the client gave it.</summary>
    public string Text { get; }

    public bool IsOutOfBand => uri is null;

    /// <summary>The source of a content security policy that lets a form's answer redirect there.</summary>
    public string PolicySource => uri is null ? "" : uri.HostNameType == UriHostNameType.IPv6 ? "http:" : uri.GetLeftPart(UriPartial.Authority);

    public static RedirectTarget? Parse(string? text)
    {
        if (text == OutOfBand)
        {
            return new RedirectTarget(text, null);
        }

        return text is { Length: <= MaximumLength } && Uri.TryCreate(text, UriKind.Absolute, out var uri)
            && uri.Scheme == Uri.UriSchemeHttp && uri.Host is "localhost" or "127.0.0.1" or "[::1]"
            && uri.UserInfo.Length == 0 && uri.Fragment.Length == 0 && text.All(c => c is > ' ' and <= '~' and not '\\')
            ? new RedirectTarget(text, uri)
            : null;
    }

    /// <summary>The address with these parameters; null ones are left out.</summary>
    public string With(params ReadOnlySpan<(string Name, string? Value)> parameters)
    {
        var address = Text;
        foreach (var (name, value) in parameters)
        {
            address = value is null ? address : QueryHelpers.AddQueryString(address, name, value);
        }

        return address;
    }
}
