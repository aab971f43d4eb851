using System.Formats.Tar;
using System.IO.Compression;
using System.Text;

namespace TaximeterAgent.Diagnostics.Bundle;

/// <summary>A bundle while it is written: every text goes through the scrubber, and every file is searched once more before it goes in.</summary>
internal sealed class BundleWriter : IDisposable
{
    private readonly Scrubber _scrubber;
    private readonly DateTimeOffset _at;
    private readonly string _folder;
    private readonly TarWriter _tar;
    private readonly GZipStream _packed;
    private readonly List<(string Name, long Bytes)> _entries = [];

    /// <param name="to">The file; this does not close it.</param>
    /// <param name="folder">The folder that everything in it is in.</param>
    /// <param name="scrubber">What is taken out.</param>
    /// <param name="at">The time that its entries bear.</param>
    public BundleWriter(Stream to, string folder, Scrubber scrubber, DateTimeOffset at)
    {
        _scrubber = scrubber;
        _folder = folder;
        _at = at;
        _packed = new GZipStream(to, CompressionLevel.Optimal, leaveOpen: true);
        _tar = new TarWriter(_packed, TarEntryFormat.Pax, leaveOpen: true);
    }

    /// <summary>What is in it.</summary>
    public IReadOnlyList<(string Name, long Bytes)> Entries => _entries;

    /// <summary>Puts a text in.</summary>
    /// <exception cref="BundleUnsafeException">Something is left in it that must not be.</exception>
    public void AddText(string name, string text) => Add(name, Encoding.UTF8.GetBytes(_scrubber.Text(text)));

    /// <summary>Puts a file in, byte for byte: it was scrubbed by whoever made it.</summary>
    /// <exception cref="BundleUnsafeException">Something is left in it that must not be.</exception>
    public void AddFile(string name, string file) => Add(name, File.ReadAllBytes(file));

    public void Dispose()
    {
        _tar.Dispose();
        _packed.Dispose();
    }

    private void Add(string name, byte[] content)
    {
        if (_scrubber.Left(content) is { } left)
            throw new BundleUnsafeException(name, left);
        using var data = new MemoryStream(content);
        _tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, $"{_folder}/{name}") { DataStream = data, Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite, ModificationTime = _at });
        _entries.Add((name, content.Length));
    }
}

/// <summary>Something was left in a file of a bundle that must not leave the car: a mistake of the agent's. There is no bundle.</summary>
internal sealed class BundleUnsafeException(string entry, string what) : Exception($"{what} was left in {entry}");
