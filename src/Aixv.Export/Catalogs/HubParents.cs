using Aixv.Export.Dossiers;

namespace Aixv.Export.Catalogs;

/// <summary>The parents of a model by the names that a hub has for them.</summary>
/// <param name="Names"><c>org/name</c>, each once, in the claim's order.</param>
/// <param name="Unnamed">How many parents no hub name is known of: a digest, or an address elsewhere.</param>
public sealed record HubParents(IReadOnlyList<string> Names, int Unnamed)
{
    /// <summary>Null where no claim says anything of parents.</summary>
    public static HubParents? Of(Dossier dossier)
    {
        ArgumentNullException.ThrowIfNull(dossier);
        if (dossier.Parents is not { } parents)
        {
            return null;
        }

        var names = parents.Select(NameOf).ToList();
        return new HubParents([.. names.OfType<string>().Distinct(StringComparer.Ordinal)], names.Count(name => name is null));
    }

    /// <summary>By its address on the hub; without an address, by a name of the hub's form.</summary>
    private static string? NameOf(ReferenceFacts parent) =>
        parent.Uri is not null ? HubNames.Repository(parent.Uri, isDataset: false)
        : parent.Name?.Split('/') is [var organisation, var model] && HubNames.IsWord(organisation) && HubNames.IsWord(model) ? parent.Name
        : null;
}
