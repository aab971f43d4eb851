namespace TaximeterAgent.PowerCuts.Recording;

/// <summary>What was on the disk, certainly, and what was done to it after that.</summary>
/// <param name="Base">Files at the beginning, all of them synced.</param>
/// <param name="Directories">Directories at the beginning.</param>
/// <param name="Operations">In the order in which they were carried out.</param>
/// <param name="BaseStep">The last step that was acknowledged at the beginning; -1 if there was nothing.</param>
/// <param name="NewSchema">An agent that knows a schema more had begun to open it.</param>
internal sealed record Record(
    IReadOnlyDictionary<string, byte[]> Base, IReadOnlyList<string> Directories, IReadOnlyList<FileOperation> Operations, int BaseStep, bool NewSchema)
{
    public static Record FromNothing(IReadOnlyList<FileOperation> operations) => new(new Dictionary<string, byte[]>(), [], operations, -1, NewSchema: false);

    /// <summary>What the workload had said, up to an operation.</summary>
    public Promise PromiseAt(int after)
    {
        var promise = new Promise(BaseStep, Math.Max(0, BaseStep), NewSchema);
        for (var i = 0; i < after; i++)
        {
            if (Operations[i] is FileOperation.Marker marker)
                promise = promise.After(marker.Text);
        }

        return promise;
    }
}
