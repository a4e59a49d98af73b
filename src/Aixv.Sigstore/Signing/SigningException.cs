using System.Net;

namespace Aixv.Sigstore.Signing;

/// <summary>A signature that a service, or a rule of signing, refused. Trying again as it is does not help.</summary>
/// <remarks>A service that cannot be reached, or answers what is not its protocol, is an <see cref="HttpRequestException"/> instead.</remarks>
public sealed class SigningException : Exception
{
    public SigningException(string message) : base(message)
    {
    }

    public SigningException(string message, Exception? inner) : base(message, inner)
    {
    }

    public SigningException(string message, HttpStatusCode status) : base(message) => Status = status;

    /// <summary>The HTTP status of the service's refusal, or null where no service refused.</summary>
    public HttpStatusCode? Status { get; }
}
