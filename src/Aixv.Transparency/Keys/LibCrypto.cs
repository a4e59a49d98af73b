using System.Reflection;
using System.Runtime.InteropServices;

namespace Aixv.Transparency.Keys;

/// <summary>The few functions of OpenSSL's libcrypto that .NET does not expose: Ed25519, and ECDSA without a full key check.</summary>
/// <remarks>
/// The library is the one .NET's own cryptography loads, so nothing new is installed or initialised.
/// Errors leave entries in OpenSSL's per-thread queue; callers clear it with <see cref="ErrClearError"/>.
/// </remarks>
internal static partial class LibCrypto
{
    private const string Library = "libcrypto";
    internal const int NidEd25519 = 1087;

    static LibCrypto() => NativeLibrary.SetDllImportResolver(typeof(LibCrypto).Assembly, Resolve);

    /// <summary>Whether libcrypto was found; false leaves ECDSA to .NET and makes Ed25519 an error that says so.</summary>
    internal static bool IsAvailable { get; } = Load() != 0;

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path) => name == Library ? Load() : 0;

    private static nint Load()
    {
        foreach (var candidate in Candidates())
        {
            if (NativeLibrary.TryLoad(candidate, out var handle))
            {
                return handle;
            }
        }

        return 0;
    }

    private static string[] Candidates() =>
        OperatingSystem.IsWindows() ? ["libcrypto-3-x64.dll", "libcrypto-3-arm64.dll", "libcrypto-3.dll"]
        : OperatingSystem.IsMacOS()
            ? ["libcrypto.3.dylib", "/opt/homebrew/opt/openssl@3/lib/libcrypto.3.dylib", "/usr/local/opt/openssl@3/lib/libcrypto.3.dylib"]
        : ["libcrypto.so.3", "libcrypto.so.1.1"];

    [LibraryImport(Library, EntryPoint = "ERR_clear_error")]
    internal static partial void ErrClearError();

    [LibraryImport(Library, EntryPoint = "EC_KEY_new_by_curve_name")]
    internal static partial nint EcKeyNewByCurveName(int nid);

    [LibraryImport(Library, EntryPoint = "EC_KEY_free")]
    internal static partial void EcKeyFree(nint key);

    [LibraryImport(Library, EntryPoint = "EC_KEY_oct2key")]
    internal static partial int EcKeyOct2Key(nint key, ReadOnlySpan<byte> point, nuint length, nint context);

    [LibraryImport(Library, EntryPoint = "ECDSA_verify")]
    internal static partial int EcdsaVerify(
        int type, ReadOnlySpan<byte> digest, int digestLength, ReadOnlySpan<byte> signature, int signatureLength, EcKeyHandle key);

    [LibraryImport(Library, EntryPoint = "EVP_PKEY_new_raw_public_key")]
    internal static partial nint EvpPkeyNewRawPublicKey(int type, nint engine, ReadOnlySpan<byte> key, nuint length);

    [LibraryImport(Library, EntryPoint = "EVP_PKEY_new_raw_private_key")]
    internal static partial nint EvpPkeyNewRawPrivateKey(int type, nint engine, ReadOnlySpan<byte> key, nuint length);

    [LibraryImport(Library, EntryPoint = "EVP_PKEY_get_raw_public_key")]
    internal static partial int EvpPkeyGetRawPublicKey(EvpKeyHandle key, Span<byte> output, ref nuint length);

    [LibraryImport(Library, EntryPoint = "EVP_PKEY_free")]
    internal static partial void EvpPkeyFree(nint key);

    [LibraryImport(Library, EntryPoint = "EVP_MD_CTX_new")]
    internal static partial nint EvpMdCtxNew();

    [LibraryImport(Library, EntryPoint = "EVP_MD_CTX_free")]
    internal static partial void EvpMdCtxFree(nint context);

    [LibraryImport(Library, EntryPoint = "EVP_DigestVerifyInit")]
    internal static partial int EvpDigestVerifyInit(nint context, nint keyContext, nint digest, nint engine, EvpKeyHandle key);

    [LibraryImport(Library, EntryPoint = "EVP_DigestVerify")]
    internal static partial int EvpDigestVerify(
        nint context, ReadOnlySpan<byte> signature, nuint signatureLength, ReadOnlySpan<byte> message, nuint messageLength);

    [LibraryImport(Library, EntryPoint = "EVP_DigestSignInit")]
    internal static partial int EvpDigestSignInit(nint context, nint keyContext, nint digest, nint engine, EvpKeyHandle key);

    [LibraryImport(Library, EntryPoint = "EVP_DigestSign")]
    internal static partial int EvpDigestSign(
        nint context, Span<byte> signature, ref nuint signatureLength, ReadOnlySpan<byte> message, nuint messageLength);
}
