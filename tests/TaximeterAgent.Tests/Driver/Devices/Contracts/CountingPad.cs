namespace TaximeterAgent.Tests.Driver.Devices.Contracts;

/// <summary>The pad, with a look at what it tells.</summary>
internal sealed class CountingPad(IKeypad inner) : IKeypad
{
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public DeviceStatus? Status => inner.Status;

    public void Start(IKeypadEvents events) => inner.Start(new Counter(this, events));

    public void Dispose() => inner.Dispose();

    private sealed class Counter(CountingPad pad, IKeypadEvents events) : IKeypadEvents
    {
        public void Pressed(Key key)
        {
            events.Pressed(key);
            Interlocked.Increment(ref pad._count);
        }

        public void Changed(DeviceStatus status) => events.Changed(status);
    }
}
