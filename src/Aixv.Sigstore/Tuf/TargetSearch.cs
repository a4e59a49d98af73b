namespace Aixv.Sigstore.Tuf;

/// <summary>The search for the role that names a target: pre-order, depth first, in the order of the delegations (TUF §5.6.7).</summary>
/// <remarks>Take a role by <see cref="TryNext"/>, bring its trusted metadata to <see cref="Visit"/>, and so on until there is none.</remarks>
internal sealed class TargetSearch(string target)
{
    private readonly HashSet<string> visited = new(StringComparer.Ordinal);
    private readonly Stack<(string Role, string? Delegator)> pending = new([("targets", null)]);
    private string current = "";

    /// <summary>What is signed of the target; null where nobody who may names it.</summary>
    internal FileInformation? Found { get; private set; }

    /// <param name="next">The role to visit, and the trusted role that delegates to it (null: the root).</param>
    internal bool TryNext(out (string Role, string? Delegator) next)
    {
        next = default;
        while (Found is null && pending.TryPop(out next))
        {
            if (!visited.Add(next.Role))
            {
                continue;
            }

            if (visited.Count > 1 + TufLimits.Delegations)
            {
                throw new TufException(
                    TufRefusal.TooManyDelegations, $"target {target}: not found within {TufLimits.Delegations} delegated roles");
            }

            current = next.Role;
            return true;
        }

        return false;
    }

    internal void Visit(TargetsMetadata metadata)
    {
        Found = metadata.Find(target);
        var children = metadata.Delegations.Where(d => d.Covers(target)).ToList();
        var last = children.FindIndex(d => d.Terminating);
        if (last >= 0)
        {
            children.RemoveRange(last + 1, children.Count - last - 1);
            pending.Clear();
        }

        for (var i = children.Count - 1; i >= 0; i--)
        {
            pending.Push((children[i].Name, current));
        }
    }
}
