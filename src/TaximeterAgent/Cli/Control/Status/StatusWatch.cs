namespace TaximeterAgent.Cli.Control.Status;

/// <summary>Looks again and again, and shows what it sees.</summary>
/// <param name="look">Looks; an agent that does not answer is a picture too.</param>
/// <param name="output">Where it is shown.</param>
/// <param name="interval">From one look to the next.</param>
/// <param name="time">The clock.</param>
internal sealed class StatusWatch(Func<CancellationToken, Task<Picture>> look, IWatchOutput output, TimeSpan interval, TimeProvider time)
{
    /// <summary>Not oftener: nobody reads faster, and each look is traffic on the agent's engine.</summary>
    public const int LeastSeconds = 1;

    public const int MostSeconds = 3_600;

    public const int StandardSeconds = 2;

    /// <summary>From then on it is said that an answer is awaited.</summary>
    private static readonly TimeSpan s_silence = TimeSpan.FromSeconds(3);

    /// <summary>Until Ctrl+C, which ends in an <see cref="OperationCanceledException"/>.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        Picture? last = null;
        try
        {
            while (true)
            {
                var looking = look(stop);
                if (last is not null && await Task.WhenAny(looking, Task.Delay(s_silence, time, stop)) != looking)
                    await output.ShowAsync(last with { Head = $"{last.Head}, waiting for the agent …" });
                last = await looking;
                await output.ShowAsync(last);
                await Task.Delay(interval, time, stop);
            }
        }
        finally
        {
            await output.EndAsync();
        }
    }
}
