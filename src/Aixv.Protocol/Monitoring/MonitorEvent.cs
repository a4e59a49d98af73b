using System.Collections.Immutable;
using Aixv.Transparency.Checkpoints;

namespace Aixv.Protocol.Monitoring;

/// <summary>Something that a monitor has to say.</summary>
/// <param name="Origin">The log, as its checkpoint names it; empty where there is none to be read.</param>
/// <param name="IsAlarm">Whether somebody must look.</param>
public abstract record MonitorEvent(string Origin, bool IsAlarm);

/// <summary>The log breaks its promise, or does not give one that can be held against it.</summary>
/// <param name="Shown">The checkpoint that the log shows now, if it is one.</param>
/// <param name="Other">The one that it contradicts: with both anyone can see the fault.</param>
public sealed record LogFault(string Origin, LogFaultKind Kind, string Detail, SignedNote? Shown = null, SignedNote? Other = null) : MonitorEvent(Origin, true);

/// <summary>An entry is of the watch list, and not expected.</summary>
/// <param name="Watched">What of the list.</param>
public sealed record EntryMatch(string Origin, ulong Index, MonitoredEntry Entry, ImmutableArray<string> Watched) : MonitorEvent(Origin, true);

/// <summary>An entry that nothing could be read out of.</summary>
public sealed record EntryUnreadable(string Origin, ulong Index, string Detail) : MonitorEvent(Origin, false);

/// <summary>A foreign checkpoint says nothing: it is of a larger tree, or not the log's.</summary>
public sealed record CheckpointUndecided(string Origin, string Detail) : MonitorEvent(Origin, false);

/// <summary>How far it is; to be kept before the next event is asked for.</summary>
public sealed record MonitorProgress(string Origin, MonitorState State) : MonitorEvent(Origin, false);

/// <summary>The end: all was looked at.</summary>
/// <param name="Entries">How many entries were new.</param>
public sealed record MonitorDone(string Origin, Checkpoint Checkpoint, ulong Entries, ulong Matches, ulong Unreadable) : MonitorEvent(Origin, false);
