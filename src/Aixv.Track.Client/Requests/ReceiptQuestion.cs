namespace Aixv.Track.Client.Requests;

/// <summary>A receipt to ask about.</summary>
internal sealed record ReceiptQuestion(string ReceiptId);
