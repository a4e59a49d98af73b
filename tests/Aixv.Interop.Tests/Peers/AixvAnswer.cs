using System.Text.Json;

namespace Aixv.Interop.Tests.Peers;

/// <summary>What our command answered with <c>--json</c>.</summary>
internal sealed record AixvAnswer(int ExitCode, JsonElement Json);
