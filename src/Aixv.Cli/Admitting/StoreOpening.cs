using System.CommandLine;
using Aixv.Cli.Artifacts;
using Aixv.Cli.Commands;
using Aixv.Cli.Trust;
using Aixv.Protocol.Lineage;
using Aixv.Protocol.Records;

namespace Aixv.Cli.Admitting;

/// <summary>The options of the commands that ask a store: which one, verified with what, and whose records count.</summary>
internal sealed class StoreOpening
{
    private readonly StoreFolder store;
    private readonly TrustOptions trust;
    private readonly TrustedSubjectOptions subjects;

    /// <param name="command">Gets the options.</param>
    /// <param name="prefix">How the names of the subjects' options begin.</param>
    /// <param name="whose">What the subjects sign, for the help.</param>
    public StoreOpening(Command command, string prefix, string whose)
    {
        subjects = new TrustedSubjectOptions(command, prefix, whose);
        store = new StoreFolder(command);
        trust = new TrustOptions(command);
    }

    /// <summary>Whether somebody is named whose word counts.</summary>
    public bool NamesSubjects(ParseResult parse) => subjects.IsGiven(parse);

    /// <summary>Opens the store. Evidence collection fails open (protocol §1): what cannot be verified is shown for what it is then.</summary>
    /// <param name="requiresSignatures">Whether the answer depends on signatures, so that without a trusted root there is none.</param>
    public async Task<OpenedStore> OpenAsync(App app, ParseResult parse, bool requiresSignatures, CancellationToken cancellationToken, ManagedKeys? more = null)
    {
        var folder = store.Resolve(app, parse);
        var keys = subjects.Keys(app, parse).With(more ?? ManagedKeys.None);
        var (material, note) = await ResolveAsync(app, parse, folder, requiresSignatures, cancellationToken);
        var view = StoreView.Open(app, folder, material?.ParseRoot(), keys, cancellationToken);
        return new OpenedStore(view, material, note);
    }

    private async Task<(TrustMaterial? Material, string? Note)> ResolveAsync(
        App app, ParseResult parse, string folder, bool requiresSignatures, CancellationToken cancellationToken)
    {
        if (!requiresSignatures && !trust.NamesFile(parse) && !HasBundles(folder))
        {
            return (null, null);
        }

        if (requiresSignatures)
        {
            var required = await trust.ResolveAsync(app, parse, cancellationToken);
            return (required, required.Warning);
        }

        var (material, whyNot) = await trust.TryResolveAsync(app, parse, cancellationToken);
        return (material, whyNot is null ? material?.Warning : $"no signature was verified, so nothing is attested here: {whyNot}");
    }

    private static bool HasBundles(string folder) => System.IO.Directory.Exists(folder)
        && System.IO.Directory.EnumerateFiles(folder, "*.sigstore.json", SearchOption.AllDirectories).Any();

    /// <summary>Whether a verified signer counts: who is named, or everybody where nobody is.</summary>
    public Func<string, string?, bool> Trusts(ParseResult parse, StoreView view)
    {
        var matches = subjects.Matcher(parse, view.Keys);
        return subjects.IsGiven(parse) ? matches : (_, _) => true;
    }

    /// <summary>Whose edges count.</summary>
    public LineageTrust Lineage(ParseResult parse, StoreView view)
    {
        var trusts = Trusts(parse, view);
        return LineageTrust.Of(view.Graph, signer => trusts(signer.Subject, signer.Issuer));
    }
}
