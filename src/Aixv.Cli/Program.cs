using Aixv.Cli;

return await CommandLine.RunAsync(args, ProcessApp.Create());
