namespace Aixv.Sigstore.Signing;

/// <summary>How many of the usable services of one kind are used (<c>ServiceSelector</c> of sigstore_trustroot.proto).</summary>
public enum ServiceSelector
{
    /// <summary>Not said; signing refuses to guess.</summary>
    Undefined = 0,

    /// <summary>Every operator's.</summary>
    All,

    /// <summary>One.</summary>
    Any,

    /// <summary>A given number, each of another operator.</summary>
    Exact,
}

/// <summary>A selector with the count that <see cref="ServiceSelector.Exact"/> needs.</summary>
public sealed record ServiceSelection(ServiceSelector Selector, long Count = 0)
{
    /// <summary>What a configuration without the member says.</summary>
    public static ServiceSelection Undefined { get; } = new(ServiceSelector.Undefined);
}
