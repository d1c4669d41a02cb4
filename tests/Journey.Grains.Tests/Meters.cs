using System.Diagnostics.Metrics;
using Journey.Grains.Telemetry;

namespace Journey.Grains.Tests;

/// <summary>Reads what the grains' meters would tell a scrape.</summary>
internal static class Meters
{
    /// <param name="factory">Whose meter; null for the one that every silo of the process shares.</param>
    public static IReadOnlyList<(string Name, double Value)> Read(IMeterFactory? factory)
    {
        var read = new List<(string Name, double Value)>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, l) =>
            {
                if (instrument.IsObservable && instrument.Meter.Name == JourneyMeter.Name && ReferenceEquals(instrument.Meter.Scope, factory))
                    l.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<int>((instrument, value, _, _) => read.Add((instrument.Name, value)));
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => read.Add((instrument.Name, value)));
        listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => read.Add((instrument.Name, value)));
        listener.Start();
        listener.RecordObservableInstruments();
        return [.. read.OrderBy(measured => measured.Name, StringComparer.Ordinal)];
    }
}
