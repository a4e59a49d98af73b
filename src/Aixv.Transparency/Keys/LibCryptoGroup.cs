using System.Runtime.InteropServices;

namespace Aixv.Transparency.Keys;

/// <summary>libcrypto's arithmetic of curves and numbers, for <see cref="RepeatedEcdsa"/>. Pointers are borrowed unless a name says new or dup.</summary>
internal static partial class LibCryptoGroup
{
    private const string Library = "libcrypto";
    private const ulong FirstWithTables = 0x1010_1000;
    private const ulong FirstWithOwnP384 = 0x3020_0000;

    /// <summary>Whether this libcrypto computes on P-384 by general code, and has tables of multiples: 1.1.1 to 3.1.</summary>
    internal static bool HasGeneralP384 { get; } = LibCrypto.IsAvailable && OpenSslVersionNum() is >= FirstWithTables and < FirstWithOwnP384;

    [LibraryImport(Library, EntryPoint = "OpenSSL_version_num")]
    private static partial CULong OpenSslVersion();

    private static ulong OpenSslVersionNum() => (ulong)OpenSslVersion().Value;

    [LibraryImport(Library, EntryPoint = "EC_GROUP_new_by_curve_name")]
    internal static partial nint EcGroupNewByCurveName(int nid);

    [LibraryImport(Library, EntryPoint = "EC_GROUP_dup")]
    internal static partial nint EcGroupDup(nint group);

    [LibraryImport(Library, EntryPoint = "EC_GROUP_free")]
    internal static partial void EcGroupFree(nint group);

    [LibraryImport(Library, EntryPoint = "EC_GROUP_get0_order")]
    internal static partial nint EcGroupGet0Order(nint group);

    [LibraryImport(Library, EntryPoint = "EC_GROUP_get0_cofactor")]
    internal static partial nint EcGroupGet0Cofactor(nint group);

    [LibraryImport(Library, EntryPoint = "EC_GROUP_set_generator")]
    internal static partial int EcGroupSetGenerator(nint group, nint generator, nint order, nint cofactor);

    [LibraryImport(Library, EntryPoint = "EC_GROUP_precompute_mult")]
    internal static partial int EcGroupPrecomputeMult(nint group, nint context);

    [LibraryImport(Library, EntryPoint = "EC_KEY_get0_public_key")]
    internal static partial nint EcKeyGet0PublicKey(EcKeyHandle key);

    [LibraryImport(Library, EntryPoint = "EC_POINT_new")]
    internal static partial nint EcPointNew(nint group);

    [LibraryImport(Library, EntryPoint = "EC_POINT_free")]
    internal static partial void EcPointFree(nint point);

    /// <summary>result = generator × <paramref name="n"/> + <paramref name="point"/> × <paramref name="m"/>.</summary>
    [LibraryImport(Library, EntryPoint = "EC_POINT_mul")]
    internal static partial int EcPointMul(nint group, nint result, nint n, nint point, nint m, nint context);

    [LibraryImport(Library, EntryPoint = "EC_POINT_add")]
    internal static partial int EcPointAdd(nint group, nint result, nint a, nint b, nint context);

    /// <summary>0 at infinity, which has no coordinates.</summary>
    [LibraryImport(Library, EntryPoint = "EC_POINT_get_affine_coordinates")]
    internal static partial int EcPointGetAffineCoordinates(nint group, nint point, nint x, nint y, nint context);

    [LibraryImport(Library, EntryPoint = "BN_CTX_new")]
    internal static partial nint BnCtxNew();

    [LibraryImport(Library, EntryPoint = "BN_CTX_start")]
    internal static partial void BnCtxStart(nint context);

    /// <summary>A number of value 0 that lives until <see cref="BnCtxEnd"/>; 0 without memory, and then for all further calls.</summary>
    [LibraryImport(Library, EntryPoint = "BN_CTX_get")]
    internal static partial nint BnCtxGet(nint context);

    [LibraryImport(Library, EntryPoint = "BN_CTX_end")]
    internal static partial void BnCtxEnd(nint context);

    [LibraryImport(Library, EntryPoint = "BN_CTX_free")]
    internal static partial void BnCtxFree(nint context);

    [LibraryImport(Library, EntryPoint = "BN_bin2bn")]
    internal static partial nint BnBin2Bn(ReadOnlySpan<byte> bytes, int length, nint number);

    [LibraryImport(Library, EntryPoint = "BN_cmp")]
    internal static partial int BnCmp(nint a, nint b);

    [LibraryImport(Library, EntryPoint = "BN_mod_inverse")]
    internal static partial nint BnModInverse(nint result, nint number, nint modulus, nint context);

    [LibraryImport(Library, EntryPoint = "BN_mod_mul")]
    internal static partial int BnModMul(nint result, nint a, nint b, nint modulus, nint context);

    [LibraryImport(Library, EntryPoint = "BN_nnmod")]
    internal static partial int BnNnMod(nint result, nint number, nint modulus, nint context);
}
