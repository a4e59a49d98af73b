using Aixv.Cli;
using Aixv.Cli.Commands;

// The question that scripts ask most often has no options, so no parser is built for it.
return args is ["version"] or ["--version"] ? VersionCommand.Print(Console.OpenStandardOutput()) : await CommandLine.RunAsync(args, ProcessApp.Create());
