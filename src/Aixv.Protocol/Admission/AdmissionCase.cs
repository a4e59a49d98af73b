using Aixv.Protocol.Policies;
using Aixv.Protocol.Schemas;

namespace Aixv.Protocol.Admission;

/// <summary>What the rules judge. Times count in seconds, as documents carry them, so that a replay decides alike.</summary>
internal sealed record AdmissionCase(Evidence Evidence, Policy Policy, PolicyTrust Trust, DateTimeOffset Now)
{
    public TimeSpan Skew => TimeSpan.FromSeconds(Policy.ClockSkewSeconds);

    /// <summary>How long ago; negative in the future.</summary>
    public TimeSpan AgeOf(DateTimeOffset time) => Now - Second(time);

    public static DateTimeOffset Second(DateTimeOffset time) =>
        new DateTimeOffset(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerSecond), TimeSpan.Zero);

    public static string Text(DateTimeOffset time) => time.ToText();
}
