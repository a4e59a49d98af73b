using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Aixv.Bench.Measuring;

/// <summary>Whole processes: what they take from start to end. Spawned by libc, for .NET's own class adds a millisecond and gives no processor time.</summary>
internal static unsafe partial class ChildProcess
{
    private const int Output = 1;
    private const int WriteOnly = 1;
    private static readonly nint Environ = NativeLibrary.GetExport(NativeLibrary.Load("libc.so.6"), "environ");

    /// <summary>What one run took, in seconds.</summary>
    internal readonly record struct Usage(double Wall, double Cpu);

    /// <summary>Runs a program to its end, its output thrown away.</summary>
    /// <exception cref="InvalidOperationException">It did not exit with 0.</exception>
    internal static Usage Run(string program, params string[] arguments)
    {
        var start = Stopwatch.GetTimestamp();
        var (status, usage) = Wait(Start(program, arguments));
        var wall = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return status == 0
            ? new Usage(wall, usage[0] + usage[1] / 1e6 + usage[2] + usage[3] / 1e6)
            : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: wait status {status}");
    }

    private static int Start(string program, string[] arguments)
    {
        var argv = stackalloc nint[arguments.Length + 2];
        argv[0] = Marshal.StringToCoTaskMemUTF8(program);
        for (var i = 0; i < arguments.Length; i++)
        {
            argv[i + 1] = Marshal.StringToCoTaskMemUTF8(arguments[i]);
        }

        argv[arguments.Length + 1] = 0;
        var actions = stackalloc byte[512];
        _ = posix_spawn_file_actions_init(actions);
        _ = posix_spawn_file_actions_addopen(actions, Output, "/dev/null", WriteOnly, 0);
        var error = posix_spawnp(out var pid, program, actions, null, argv, *(nint**)Environ);
        _ = posix_spawn_file_actions_destroy(actions);
        for (var i = 0; i <= arguments.Length; i++)
        {
            Marshal.FreeCoTaskMem(argv[i]);
        }

        return error == 0 ? pid : throw new Win32Exception(error, $"{program}: {Marshal.GetPInvokeErrorMessage(error)}");
    }

    private static (int Status, long[] Usage) Wait(int pid)
    {
        var usage = new long[32];
        fixed (long* u = usage)
        {
            int status;
            while (wait4(pid, out status, 0, u) != pid)
            {
                // Interrupted by a signal.
            }

            return (status, usage);
        }
    }

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int posix_spawnp(out int pid, string file, byte* actions, void* attributes, nint* argv, nint* environment);

    [LibraryImport("libc")]
    private static partial int posix_spawn_file_actions_init(byte* actions);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int posix_spawn_file_actions_addopen(byte* actions, int descriptor, string path, int flags, uint mode);

    [LibraryImport("libc")]
    private static partial int posix_spawn_file_actions_destroy(byte* actions);

    [LibraryImport("libc")]
    private static partial int wait4(int pid, out int status, int options, long* usage);
}
