using System.Text;
using Aixv.Authority.Federation;
using Aixv.Authority.Hosting;
using Aixv.Sigstore.Json;
using Aixv.Transparency.Keys;

namespace Aixv.Authority.Issuance;

/// <summary>The body of <c>POST /api/v2/signingCert</c>: a key with a proof of possession, by either of the API's two forms.</summary>
internal sealed class SigningRequest
{
    public const int MaximumBytes = 64 * 1024;
    private readonly byte[]? proof;

    private SigningRequest(string? token, PublicKey key, byte[]? proof)
    {
        Token = token;
        Key = key;
        this.proof = proof;
    }

    /// <summary>The token in the body, or null where it comes as a header.</summary>
    public string? Token { get; }

    public PublicKey Key { get; }

    /// <exception cref="ApiError">Malformed, or a request whose own signature is wrong.</exception>
    public static SigningRequest Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            var body = ProtoObject.Parse(json, MaximumBytes);
            var token = body.Message("credentials")?.Text("oidcIdentityToken");
            var form = body.Message("publicKeyRequest");
            var csr = body.Bytes("certificateSigningRequest");
            return (form, csr) switch
            {
                ({ } request, null) => new SigningRequest(token, ReadKey(request), request.RequiredBytes("proofOfPossession")),
                (null, { } request) => new SigningRequest(token, CertificateRequest.ReadPem(Encoding.ASCII.GetString(request)), proof: null),
                _ => throw new FormatException("$: expected exactly one of publicKeyRequest and certificateSigningRequest"),
            };
        }
        catch (FormatException e)
        {
            throw ApiError.Invalid(e.Message);
        }
    }

    private static PublicKey ReadKey(ProtoObject request)
    {
        var key = request.RequiredMessage("publicKey");
        try
        {
            return PublicKey.FromPem(key.RequiredText("content"));
        }
        catch (FormatException e)
        {
            throw new FormatException($"{key.Path}.content: {e.Message}", e);
        }
    }

    /// <summary>Checks the signature over one of the principal's challenges. A CSR has proved itself already.</summary>
    /// <exception cref="ApiError">The key's holder did not sign any of them.</exception>
    public void CheckPossession(Principal principal)
    {
        if (proof is not null && !principal.Challenges.Any(c => Key.Verify(Encoding.UTF8.GetBytes(c), proof, Key.DefaultScheme)))
        {
            throw ApiError.Invalid("the proof of possession is not this key's signature over the token's e-mail address or subject");
        }
    }
}
