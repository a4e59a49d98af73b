namespace Aixv.Protocol.Receipts;

/// <summary>What a key is worth at an instant.</summary>
public enum KeyStanding
{
    Valid = 1,
    NotYetValid,
    Expired,

    /// <summary>At or after the instant from which somebody else may have had it.</summary>
    Compromised,
}
