namespace TaximeterAgent.PowerCuts.Recording;

/// <summary>What was on the disk, certainly, and what was done to it after that.</summary>
/// <param name="Base">Files at the beginning, all of them synced.</param>
/// <param name="Directories">Directories at the beginning.</param>
/// <param name="Operations">In the order in which they were carried out.</param>
/// <param name="Beginning">What had been said at the beginning.</param>
internal sealed record Record(
    IReadOnlyDictionary<string, byte[]> Base, IReadOnlyList<string> Directories, IReadOnlyList<FileOperation> Operations, Promise Beginning)
{
    public static Record FromNothing(IReadOnlyList<FileOperation> operations) => new(new Dictionary<string, byte[]>(), [], operations, new Promise(Acknowledged: -1, Begun: 0, NewSchema: false));

    /// <summary>What the workload had said, up to an operation.</summary>
    public Promise PromiseAt(int after)
    {
        var promise = Beginning;
        for (var i = 0; i < after; i++)
        {
            if (Operations[i] is FileOperation.Marker marker)
                promise = promise.After(marker.Text);
        }

        return promise;
    }
}
