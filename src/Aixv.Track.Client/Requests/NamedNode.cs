namespace Aixv.Track.Client.Requests;

/// <summary>What people know by a name.</summary>
internal sealed record NamedNode(string Id, string Name, string Kind, string Digest);
