using TaximeterAgent.Cli.Meter.Learn;
using TaximeterAgent.Driver.Devices;
using TaximeterAgent.Meter.Print.EscPos;
using TaximeterAgent.Meter.Print.Reading;
using TaximeterAgent.Meter.Print.Templates;
using TaximeterAgent.Meter.Serial;
using TaximeterAgent.Sync;

namespace TaximeterAgent.Cli.Meter;

/// <summary>A line that is only listened to, without the agent: makes prints of what comes, and says nothing, whatever comes.</summary>
/// <param name="line">The line; this closes it.</param>
/// <param name="listening">How it is listened to.</param>
/// <param name="time">The clock.</param>
internal sealed class PrintProbe(ISerialLine line, Listening listening, TimeProvider time) : IDisposable
{
    /// <summary>Bytes of a print that are kept to be read: a receipt has some hundred, one with a picture some ten thousand.</summary>
    private const int PrintMaximum = 256 * 1024;

    private readonly LineEvents _events = new(time);
    private readonly EscPosReader _reader = new(listening.Templates[0].Printer);
    private readonly List<byte> _print = [];
    private long _quietAt = long.MaxValue;

    public DeviceStatus? Status { get; private set; }

    public SerialTraffic Traffic => line.Traffic;

    /// <summary>Told of the bytes as they come, before anything is made of them.</summary>
    public Action<ReadOnlySpan<byte>>? Raw { get; init; }

    /// <summary>Told of each print, as the template reads it that knows most of it.</summary>
    public Action<ReceiptTemplate, ReceiptReading>? Printed { get; init; }

    /// <summary>The last print, and the template that knows most of it; null before the first.</summary>
    public (ReceiptTemplate Template, ReceiptReading Reading)? Last { get; private set; }

    /// <summary>Listens until it is enough, the line is not to be had, or the time is over.</summary>
    public async Task RunAsync(Func<PrintProbe, bool> enough, TimeSpan limit, CancellationToken stop)
    {
        var end = time.After(limit);
        line.Start(_events);
        while (!enough(this))
        {
            if (await _events.NextAsync(Math.Min(_quietAt, end), stop) is { } next)
                Take(next.Bytes, next.Status);
            else if (time.GetTimestamp() >= _quietAt)
                End();
            else if (time.GetTimestamp() >= end)
                break;
            if (Status is { State: not (DeviceState.Open or DeviceState.Stalled) })
                break;
        }

        // What is being printed when the time is over was heard, too.
        if (_print.Count > 0)
            End();
    }

    public void Dispose() => line.Dispose();

    private void Take(byte[]? bytes, DeviceStatus? status)
    {
        Status = status ?? Status;
        if (bytes is null)
            return;
        Raw?.Invoke(bytes);
        foreach (var value in bytes)
        {
            if (_print.Count < PrintMaximum)
                _print.Add(value);
            if (_reader.Take(value))
                End();
        }

        _quietAt = _print.Count == 0 ? long.MaxValue : time.After(listening.Quiet);
    }

    private void End()
    {
        _quietAt = long.MaxValue;
        var whole = _reader.End();
        byte[] bytes = [.. _print];
        _print.Clear();
        // A few commands, as a meter sends when it is switched on: nothing is on the paper.
        if (whole.Lines.Count == 0 || BestReading.Of(bytes, 0, listening.Templates) is not [var best, ..])
            return;
        Last = best;
        Printed?.Invoke(best.Template, best.Reading);
    }
}
