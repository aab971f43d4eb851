using System.Diagnostics;
using System.Globalization;

namespace TaximeterAgent.Fuzz;

/// <summary>Runs targets, one after the other; each ends at its first failure.</summary>
internal sealed class Campaign(FuzzOptions options, TextWriter output)
{
    /// <summary>How many targets failed.</summary>
    public async Task<int> RunAsync(IEnumerable<Func<IFuzzTarget>> targets)
    {
        var failures = 0;
        foreach (var make in targets)
        {
            await using var target = make();
            failures += await RunAsync(target) ? 0 : 1;
        }

        return failures;
    }

    /// <summary>False if it failed.</summary>
    public async Task<bool> RunAsync(IFuzzTarget target)
    {
        var watch = Stopwatch.StartNew();
        var (runs, bytes, accepted) = (0L, 0L, 0L);
        var notes = new List<string>();
        var place = "start";
        byte[]? input = null;
        FuzzPart? failed = null;
        string? fault = null;
        try
        {
            await target.StartAsync();
            foreach (var proof in options.Input is null ? target.Proofs : [])
            {
                place = proof.Name;
                var cases = proof.Run(options.Quick);
                notes.Add(string.Create(CultureInfo.InvariantCulture, $"{target.Name}/{proof.Name} cases={cases} {watch.Elapsed.TotalSeconds:F1}s"));
                runs += cases;
            }

            foreach (var part in target.Parts.Where(Wanted))
            {
                place = part.Name;
                failed = part;
                var budget = options.Input is null ? options.BudgetOf(part) : Budget.OfRuns(1);
                var (started, bytesBefore, acceptedBefore) = (watch.Elapsed, bytes, accepted);
                var run = 0L;
                while (run < budget.Runs && bytes - bytesBefore < budget.Bytes && !(watch.Elapsed - started >= TimeEach(target)))
                {
                    input = options.Input ?? part.Make(Dice.Of(options.Seed, part.Name, run));
                    place = string.Create(CultureInfo.InvariantCulture, $"{part.Name} run={run}");
                    (runs, bytes, run) = (runs + 1, bytes + input.Length, run + 1);
                    accepted += await part.Judge(input) ? 1 : 0;
                }

                notes.Add(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{target.Name}/{part.Name} runs={run} bytes={bytes - bytesBefore} accepted={accepted - acceptedBefore} {(watch.Elapsed - started).TotalSeconds:F1}s"));
                (failed, input) = (null, null);
            }

            place = "conclusion";
            if (options.Input is null)
                notes.AddRange(target.Conclude().Select(note => $"{target.Name}: {note}"));
            bool Wanted(FuzzPart part) => !options.Targets.Any(name => name.StartsWith(target.Name + "/", StringComparison.Ordinal)) || options.Targets.Contains($"{target.Name}/{part.Name}");
        }
#pragma warning disable CA1031 // Whatever is thrown is what is looked for.
        catch (Exception e)
#pragma warning restore CA1031
        {
            fault = Describe(e);
            input = (e as CheckFailedException)?.Input ?? input;
        }

        if (options.Verbose || fault is not null)
            notes.ForEach(note => output.WriteLine("  " + note));
        if (fault is not null)
            await ReportAsync(target, place, fault, failed, input);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"fuzz {target.Name} runs={runs} bytes={bytes} accepted={accepted} seed={options.Seed} failures={(fault is null ? 0 : 1)} {(long)(runs / Math.Max(0.001, watch.Elapsed.TotalSeconds))}/s"));
        return fault is null;
    }

    private TimeSpan? TimeEach(IFuzzTarget target) => options.Time / target.Parts.Count;

    private async Task ReportAsync(IFuzzTarget target, string place, string fault, FuzzPart? part, byte[]? input)
    {
        output.WriteLine($"FAILED {target.Name}/{place} seed={options.Seed}: {fault}");
        if (input is null)
            return;
        if (part is not null)
        {
            // The same kind of failure: its text may hold what changes with the input.
            var kind = Kind(fault);
            input = await Minimizer.ReduceAsync(input, async shorter => await FaultOfAsync(part, shorter) is { } other && Kind(other) == kind);
            output.WriteLine($"  smallest: {await FaultOfAsync(part, input) ?? fault}");
        }

        output.WriteLine($"  input={Convert.ToHexString(input)}");
        if (part is not null)
            output.WriteLine($"  again: {target.Name}/{part.Name} --input {Convert.ToHexString(input)}");
    }

    private static string Kind(string fault) => fault.Split(':', 2)[0];

    private static async Task<string?> FaultOfAsync(FuzzPart part, byte[] input)
    {
        try
        {
            await part.Judge(input);
            return null;
        }
#pragma warning disable CA1031 // As above.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return Describe(e);
        }
    }

    private static string Describe(Exception e) =>
        e is CheckFailedException ? e.Message : $"threw {e.GetType().Name}: {e.Message} {e.StackTrace?.Split('\n').FirstOrDefault()?.Trim()}";
}
