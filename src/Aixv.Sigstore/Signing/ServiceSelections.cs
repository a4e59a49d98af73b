using System.Collections.Immutable;

namespace Aixv.Sigstore.Signing;

/// <summary>The rules by which a client picks services from a signing config.</summary>
internal static class ServiceSelections
{
    /// <summary>The newest usable service of the highest version in <paramref name="versions"/>, or null when none is usable.</summary>
    internal static SigningService? Newest(IEnumerable<SigningService> services, DateTimeOffset time, params ReadOnlySpan<long> versions) =>
        Usable(services, time, versions).FirstOrDefault();

    /// <summary>The services of one kind that <paramref name="selection"/> asks for: one per operator, all of one version.</summary>
    /// <exception cref="SigningException">None or too few are usable, or the selection is undefined.</exception>
    internal static ImmutableArray<SigningService> Select(
        string kind, IReadOnlyCollection<SigningService> services, ServiceSelection selection, DateTimeOffset time, params ReadOnlySpan<long> versions)
    {
        var usable = Usable(services, time, versions).DistinctBy(s => s.Operator).ToImmutableArray();
        if (usable.IsEmpty)
        {
            throw new SigningException(
                $"signing config: none of {services.Count} {kind} services is valid now and of a version this tool knows ({string.Join(", ", versions.ToArray())})");
        }

        return selection.Selector switch
        {
            ServiceSelector.All => usable,
            ServiceSelector.Any => usable[..1],
            ServiceSelector.Exact when selection.Count <= 0 =>
                throw new SigningException($"signing config: the {kind} selector EXACT needs a count above 0, found {selection.Count}"),
            ServiceSelector.Exact when selection.Count > usable.Length => throw new SigningException(
                $"signing config: {selection.Count} {kind} services of different operators are asked for and {usable.Length} usable"),
            ServiceSelector.Exact => usable[..(int)selection.Count],
            ServiceSelector.Undefined => throw new SigningException($"signing config: no known selector says how many {kind} services to use (ALL, ANY or EXACT)"),
        };
    }

    /// <summary>The valid services of the highest known version that has any, newest first.</summary>
    private static List<SigningService> Usable(IEnumerable<SigningService> services, DateTimeOffset time, ReadOnlySpan<long> versions)
    {
        var known = versions.ToArray();
        var valid = services.Where(s => known.Contains(s.MajorApiVersion) && s.IsValidAt(time)).ToList();
        var highest = valid.Select(s => s.MajorApiVersion).DefaultIfEmpty().Max();
        return [.. valid.Where(s => s.MajorApiVersion == highest).OrderByDescending(s => s.Start)];
    }
}
