using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Aixv.Track.Hosting;

/// <summary>Sends traces and metrics to a collector by OTLP over HTTP, from the start of the application to its end.</summary>
/// <param name="collector">Its base address; <c>/v1/traces</c> and <c>/v1/metrics</c> are added.</param>
internal sealed class TelemetryExport(Uri collector) : IHostedService
{
    private static readonly string[] Sources = [TrackMetrics.Name, "Microsoft.AspNetCore"];
    private static readonly string[] Meters = [TrackMetrics.Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel"];
    private TracerProvider? traces;
    private MeterProvider? metrics;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var resource = ResourceBuilder.CreateDefault().AddService("aixv-track");
        traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource(Sources).AddOtlpExporter(o => Set(o, "traces")).Build();
        metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter(Meters).AddOtlpExporter((o, reader) =>
        {
            Set(o, "metrics");
            reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = 10_000;
        }).Build();
        return Task.CompletedTask;
    }

    private void Set(OtlpExporterOptions options, string kind) =>
        (options.Endpoint, options.Protocol) = (new Uri($"{collector.AbsoluteUri.TrimEnd('/')}/v1/{kind}"), OtlpExportProtocol.HttpProtobuf);

    /// <summary>Sends what is left.</summary>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        traces?.Dispose();
        metrics?.Dispose();
        return Task.CompletedTask;
    }
}
