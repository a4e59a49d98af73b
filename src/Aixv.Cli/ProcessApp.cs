using System.Runtime.InteropServices;
using System.Text;
using Aixv.Sigstore.Oidc;

namespace Aixv.Cli;

/// <summary>The <see cref="App"/> of a real process.</summary>
internal static class ProcessApp
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public static App Create()
    {
        var outIsTerminal = !Console.IsOutputRedirected;
        return new App
        {
            Out = new StreamWriter(Console.OpenStandardOutput(), Utf8, 4096),
            OpenOut = Console.OpenStandardOutput,
            Error = new StreamWriter(Console.OpenStandardError(), Utf8, 1024) { AutoFlush = true },
            In = TextReader.Synchronized(new StreamReader(Console.OpenStandardInput(), Utf8)),
            OpenIn = Console.OpenStandardInput,
            Environment = Environment.GetEnvironmentVariable,
            Time = TimeProvider.System,
            Directory = Environment.CurrentDirectory,
            OutIsTerminal = outIsTerminal,
            ErrorIsTerminal = !Console.IsErrorRedirected,
            Utf8 = OperatingSystem.IsWindows() || LocaleIsUtf8(),
            Width = outIsTerminal ? TerminalWidth() : 100,
            AskSecret = Console.IsInputRedirected ? null : AskSecret,
            OpenBrowser = InteractivePrompt.OpenSystemBrowser,
            StopRequested = ListenForStop,
        };
    }

    /// <summary>POSIX: the first of these three that is set names the character set.</summary>
    private static bool LocaleIsUtf8()
    {
        string?[] values = [Environment.GetEnvironmentVariable("LC_ALL"), Environment.GetEnvironmentVariable("LC_CTYPE"), Environment.GetEnvironmentVariable("LANG")];
        var locale = Array.Find(values, value => !string.IsNullOrEmpty(value)) ?? "";
        return locale.Replace("-", "", StringComparison.Ordinal).Contains("utf8", StringComparison.OrdinalIgnoreCase);
    }

    private static int TerminalWidth()
    {
        try
        {
            return Console.WindowWidth is > 0 and var width ? width : 80;
        }
        catch (IOException)
        {
            return 80;
        }
    }

    private static string? AskSecret(string question)
    {
        Console.Error.Write(question);
        var secret = new StringBuilder();
        while (Console.ReadKey(intercept: true) is var key && key.Key != ConsoleKey.Enter)
        {
            if (key.Key == ConsoleKey.Backspace)
            {
                secret.Length = Math.Max(0, secret.Length - 1);
            }
            else if (key.KeyChar >= ' ')
            {
                secret.Append(key.KeyChar);
            }
        }

        Console.Error.WriteLine();
        return secret.Length > 0 ? secret.ToString() : null;
    }

    private static CancellationToken ListenForStop()
    {
        var source = new CancellationTokenSource();
        var registrations = Array.ConvertAll([PosixSignal.SIGINT, PosixSignal.SIGTERM], signal => PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;
            source.Cancel();
        }));

        // A registration that is collected no longer listens; the handlers hold the source, and so it the registrations.
        source.Token.Register(GC.KeepAlive, registrations);
        return source.Token;
    }
}
