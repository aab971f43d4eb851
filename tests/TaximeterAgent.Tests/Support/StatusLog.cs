using System.Collections.Concurrent;
using TaximeterAgent.Driver.Devices;
using TaximeterAgent.Tests.Meter;

namespace TaximeterAgent.Tests.Support;

/// <summary>What a device's own thread tells, for the test's thread to wait for.</summary>
internal sealed class StatusLog(ManualTime time)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);
    private readonly BlockingCollection<DeviceStatus> _told = [];

    public void Add(DeviceStatus status) => _told.Add(status);

    /// <summary>The next thing that is told, without time passing for the device.</summary>
    public DeviceStatus Next()
    {
        Assert.True(_told.TryTake(out var status, s_patience), "Nothing was told of the device.");
        return status;
    }

    /// <summary>Lets seconds pass until the device is told to be so.</summary>
    public DeviceStatus PassTo(DeviceState state)
    {
        for (var second = 0; second < 600; second++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            while (_told.TryTake(out var status, TimeSpan.FromMilliseconds(50)))
            {
                if (status.State == state)
                    return status;
            }
        }

        throw new InvalidOperationException($"The device never was {state}.");
    }
}
