using System.CommandLine;
using Aixv.Cli.Artifacts;
using Aixv.Cli.Commands;
using Aixv.Cli.Output;
using Aixv.Cli.Trust;
using Aixv.Protocol.Lineage;

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

    /// <summary>Opens the store, and warns of what the user should know.</summary>
    public async Task<StoreView> OpenAsync(App app, ParseResult parse, CancellationToken cancellationToken)
    {
        var material = await trust.ResolveAsync(app, parse, cancellationToken);
        if (material.Warning is { } warning)
        {
            new Report(app).Warning(warning);
        }

        return StoreView.Open(app, store.Resolve(app, parse), material.ParseRoot(), cancellationToken);
    }

    /// <summary>Whether a verified signer counts: who is named, or everybody where nobody is.</summary>
    public bool Trusts(ParseResult parse, string subject, string? issuer) => !subjects.IsGiven(parse)
        || (subjects.Subjects(parse).Contains(subject, StringComparer.Ordinal)
            && (subjects.Issuers(parse) is { Count: 0 } || subjects.Issuers(parse).Contains(issuer, StringComparer.Ordinal)));

    /// <summary>Whose edges count.</summary>
    public LineageTrust Lineage(ParseResult parse, StoreView view) => LineageTrust.Of(view.Graph, signer => Trusts(parse, signer.Subject, signer.Issuer));
}
