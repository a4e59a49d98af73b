using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Aixv.Protocol.Schemas;

namespace Aixv.Protocol.Records;

/// <summary>A file of a store that is not as it should be.</summary>
/// <param name="Path">Relative to the store.</param>
/// <param name="Kind">What it is, as far as that is known: <c>policy</c>, <c>attestation</c>, ….</param>
/// <param name="Fault">What is wrong.</param>
/// <param name="Message">In words.</param>
public sealed record StoreProblem(string Path, string Kind, StoreFault Fault, string Message)
{
    public JsonObject ToJson() => new() { ["path"] = Path, ["kind"] = Kind, ["fault"] = Words.Of(Fault), ["message"] = Message };
}

/// <summary>What a store holds, and what is wrong with it.</summary>
/// <param name="Records">How many records are sound.</param>
/// <param name="Attestations">How many attestations are sound.</param>
/// <param name="Problems">By path.</param>
/// <param name="NotLookedAt">Files and folders that are not part of the protocol's store, such as indexes.</param>
public sealed record StoreReport(int Records, int Attestations, ImmutableArray<StoreProblem> Problems, ImmutableArray<string> NotLookedAt);
