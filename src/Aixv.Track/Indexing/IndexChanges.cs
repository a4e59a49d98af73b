using Aixv.Sigstore.Artifacts;
using Aixv.Track.Importing;
using Aixv.Track.Storage;

namespace Aixv.Track.Indexing;

/// <summary>What one entry changes in the index: filled by its <see cref="EntryKind"/>, from the entry's bytes alone.</summary>
/// <remarks>
/// The writer checks <see cref="Keys"/> and <see cref="Requirements"/> before the entry is logged, in the log's order; when the index is rebuilt
/// they are not checked again.
/// </remarks>
internal sealed class IndexChanges
{
    private readonly List<UniqueKey> keys = [];
    private readonly List<Requirement> requirements = [];
    private readonly List<IndexTerm> terms = [];
    private readonly List<IndexTerm> removedTerms = [];
    private readonly List<IndexTerm> entryTerms = [];
    private readonly List<IndexEdge> edges = [];
    private readonly List<StatusChange> statuses = [];
    private readonly List<Digest> announcedArtifacts = [];
    private readonly List<string> announcedSigners = [];
    private readonly List<(string Source, DescribedNode Node)> described = [];

    /// <summary>The record that the entry makes, if it makes one.</summary>
    public NewRecord? Created { get; private set; }

    /// <summary>The record whose content the entry replaces by its own.</summary>
    public TrackId? Replaced { get; private set; }

    public IReadOnlyList<UniqueKey> Keys => keys;

    public IReadOnlyList<Requirement> Requirements => requirements;

    public IReadOnlyList<IndexTerm> Terms => terms;

    /// <summary>Terms that <see cref="Replaced"/> no longer has.</summary>
    public IReadOnlyList<IndexTerm> RemovedTerms => removedTerms;

    /// <summary>What the entry itself is found by, in an audit.</summary>
    public IReadOnlyList<IndexTerm> EntryTerms => entryTerms;

    public IReadOnlyList<IndexEdge> Edges => edges;

    public IReadOnlyList<StatusChange> Statuses => statuses;

    /// <summary>The artifacts that the leaf of a public entry names, for monitors.</summary>
    public IReadOnlyList<Digest> AnnouncedArtifacts => announcedArtifacts;

    /// <summary>The identities that the leaf of a public entry names, for monitors.</summary>
    public IReadOnlyList<string> AnnouncedSigners => announcedSigners;

    /// <summary>The nodes of somebody else's graph that the entry describes, in its order.</summary>
    public IReadOnlyList<(string Source, DescribedNode Node)> Described => described;

    /// <summary>The entry makes a record, found by its id and by <see cref="Term"/>s.</summary>
    public IndexChanges Create(RecordType type, TrackId id, string status)
    {
        Created = new NewRecord(type, id, status);
        return this;
    }

    /// <summary>The entry's content takes the place of that of a record; <see cref="Term"/>s are added to it.</summary>
    public IndexChanges Replace(TrackId record)
    {
        Replaced = record;
        return this;
    }

    /// <summary>Gives a record another status.</summary>
    public IndexChanges SetStatus(TrackId record, string status)
    {
        statuses.Add(new StatusChange(record, status));
        return this;
    }

    /// <summary>A name that only one record of the tenant has, as <c>model/agent/name/version</c>.</summary>
    /// <param name="key">Any text.</param>
    /// <param name="fingerprint">
    /// At most 32 bytes. When the key is taken with the same fingerprint, the write answers <see cref="Log.Existing"/>; with another,
    /// <see cref="Log.Taken"/>.
    /// </param>
    public IndexChanges Key(string key, ReadOnlyMemory<byte> fingerprint)
    {
        keys.Add(new UniqueKey(key, fingerprint));
        return this;
    }

    /// <summary>The entry is refused unless the record is of this type and has one of these statuses at that moment.</summary>
    public IndexChanges Require(RecordType type, TrackId record, params string[] statuses)
    {
        requirements.Add(new Requirement(type, record, statuses));
        return this;
    }

    /// <summary>Makes the record findable by <paramref name="field"/> and <paramref name="value"/>.</summary>
    public IndexChanges Term(string field, string value)
    {
        terms.Add(new IndexTerm(field, value));
        return this;
    }

    /// <summary>The record is no longer found by this.</summary>
    public IndexChanges RemoveTerm(string field, string value)
    {
        removedTerms.Add(new IndexTerm(field, value));
        return this;
    }

    /// <summary>Makes the entry itself findable, whether or not it makes a record.</summary>
    public IndexChanges EntryTerm(string field, string value)
    {
        entryTerms.Add(new IndexTerm(field, value));
        return this;
    }

    /// <summary>The log's leaf names this artifact, if the tenant is public: whoever watches for it learns of the entry.</summary>
    public IndexChanges Announce(Digest artifact)
    {
        announcedArtifacts.Add(artifact);
        return this;
    }

    /// <summary>The log's leaf names this identity, if the tenant is public.</summary>
    public IndexChanges AnnounceSigner(string identity)
    {
        announcedSigners.Add(identity);
        return this;
    }

    /// <summary><paramref name="source"/> came from <paramref name="target"/>: model trained_on dataset.</summary>
    public IndexChanges Edge(NodeKey source, string relation, NodeKey target)
    {
        edges.Add(new IndexEdge(source, relation, target));
        return this;
    }

    /// <summary>The node is described so; what the same source said of it before is replaced.</summary>
    public IndexChanges Describe(string source, DescribedNode node)
    {
        described.Add((source, node));
        return this;
    }
}
