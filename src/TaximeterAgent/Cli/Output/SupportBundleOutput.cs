namespace TaximeterAgent.Cli.Output;

/// <summary>What <c>support-bundle</c> has written.</summary>
/// <param name="File">Where it is; readable for its owner only.</param>
/// <param name="Bytes">How large it is.</param>
/// <param name="Entries">What is in it.</param>
/// <param name="LeftOut">What is not, and why.</param>
internal sealed record SupportBundleOutput(string File, long Bytes, IReadOnlyList<BundleEntryOutput> Entries, IReadOnlyList<BundleGapOutput> LeftOut);

/// <summary>A file of a bundle.</summary>
/// <param name="Bytes">Unpacked.</param>
internal sealed record BundleEntryOutput(string Name, long Bytes);

/// <summary>A file that could not be had.</summary>
internal sealed record BundleGapOutput(string Name, string Why);
