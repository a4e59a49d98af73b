using System.Security.Cryptography;
using System.Text;

namespace Aixv.Track.Client.Requests;

/// <summary>A batch of one described node: that a digest is what people know by a name.</summary>
internal sealed record NameRequest(string Source, string Input, string Run, int Number, bool Last, IReadOnlyList<NamedNode> Nodes)
{
    /// <summary>The same name and digest are the same batch, which is taken once.</summary>
    public static NameRequest Of(string uri, string name, string digest)
    {
        var run = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{uri}\n{digest}")));
        return new NameRequest("publish", run, run, 0, true, [new NamedNode(uri, name, "model", digest)]);
    }
}
