using System.Runtime.InteropServices;
using Aixv.Bench.Measuring;
using Aixv.Bench.Rows;
using Aixv.Bench.Yardsticks;

if (args is [ServerProcess.Verb, .. var server])
{
    return await Servers.RunAsync(server);
}

var options = BenchOptions.Parse(args);
var bundles = new SharedBundles();
Row[] rows = [new VerifyRow(bundles), new ThreadsRow(bundles), new ChainRow(bundles), new AppendRow(), new HttpRow(), new AuthorityRow(), new CliRow(), new HashRow(), new LineageWalkRow(), new LineageOpenRow(), new LineageIndexRow(), new ReplayRow(), new AdmitRow(), new TrackRow(), new TrackPostgresRow(), new ExportRow(), new WebRow(), new ImportRow(), new LineageServerRow()];
if (options.Rows.Except(rows.Select(r => r.Name)).FirstOrDefault() is { } unknown)
{
    Console.Error.WriteLine($"bench: no row '{unknown}' (there are {string.Join(", ", rows.Select(r => r.Name))})");
    return 2;
}

Console.WriteLine($"{Environment.ProcessorCount} processors, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}, medians of {options.Repeats}\n");
Console.WriteLine(Line.Header);
var failures = 0;
foreach (var row in rows.Where(r => options.Rows.Count == 0 || options.Rows.Contains(r.Name)))
{
    Console.Error.WriteLine($"bench: {row.Name} ...");
    try
    {
        foreach (var line in await row.MeasureAsync(options))
        {
            Console.WriteLine(line);
        }
    }
    catch (Exception e)
    {
        // One row's trouble, such as a tool that is not installed, is no reason to lose the others.
        Console.Error.WriteLine($"bench: {row.Name}: {e}");
        Console.WriteLine(Line.Missing(row.Name, e.Message.Split('\n')[0]));
        failures++;
    }
}

return failures == 0 ? 0 : 1;
