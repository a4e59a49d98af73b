using System.Security.Cryptography;
using System.Text;
using Aixv.Export.Dossiers;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Export.Graphs;

/// <summary>Ids of nodes that are plain in every format: <c>n_</c> and the digest's hex, or <c>d_</c> and that of the key where there is no digest.</summary>
internal static class NodeIds
{
    /// <summary>As many hex digits as nobody can make two nodes share.</summary>
    public const int Short = 32;

    public static string Of(LineageNodeFacts node, int length = 64) => Of(node.Digest, node.Key, length);

    public static string OfChild(LineageEdgeFacts edge, int length = 64) => Of(edge.ChildDigest, edge.ChildKey, length);

    public static string OfParent(LineageEdgeFacts edge, int length = 64) => Of(edge.ParentDigest, edge.ParentKey, length);

    private static string Of(Digest? digest, string key, int length) => digest is not null
        ? $"n_{digest.Hex[..length]}"
        : $"d_{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))[..length]}";
}
