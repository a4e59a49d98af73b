using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Aixv.Transparency.Keys;

/// <summary>An OpenSSL <c>EVP_PKEY</c> that holds a raw Ed25519 key.</summary>
internal sealed class EvpKeyHandle : SafeHandle
{
    private EvpKeyHandle(nint key) : base(0, ownsHandle: true) => SetHandle(key);

    public override bool IsInvalid => handle == 0;

    internal static EvpKeyHandle Ed25519Public(ReadOnlySpan<byte> key)
    {
        RequireLibrary();
        return Checked(LibCrypto.EvpPkeyNewRawPublicKey(LibCrypto.NidEd25519, 0, key, (nuint)key.Length));
    }

    internal static EvpKeyHandle Ed25519Private(ReadOnlySpan<byte> seed)
    {
        RequireLibrary();
        return Checked(LibCrypto.EvpPkeyNewRawPrivateKey(LibCrypto.NidEd25519, 0, seed, (nuint)seed.Length));
    }

    private static void RequireLibrary()
    {
        if (!LibCrypto.IsAvailable)
        {
            throw new PlatformNotSupportedException("Ed25519 needs OpenSSL's libcrypto (3.x or 1.1), which was not found on this machine.");
        }
    }

    private static EvpKeyHandle Checked(nint key)
    {
        if (key == 0)
        {
            LibCrypto.ErrClearError();
            throw new CryptographicException("libcrypto refused the Ed25519 key.");
        }

        return new EvpKeyHandle(key);
    }

    protected override bool ReleaseHandle()
    {
        LibCrypto.EvpPkeyFree(handle);
        return true;
    }
}
