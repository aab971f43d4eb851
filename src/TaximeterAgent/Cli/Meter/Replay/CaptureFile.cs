using System.Globalization;
using System.Text.Json;
using TaximeterAgent.Cli.Control;
using TaximeterAgent.Configuration;
using TaximeterAgent.Control.Wire;

namespace TaximeterAgent.Cli.Meter.Replay;

/// <summary>Reads a capture piece by piece; no more of it is in memory than a line.</summary>
/// <param name="path">The file, for messages.</param>
/// <param name="stream">What is in it.</param>
/// <param name="longest">The most that is looked at, in bytes of the file.</param>
internal sealed class CaptureFile(string path, Stream stream, long longest)
{
    /// <summary>A line of a frame has at most some 1200 bytes, one of bytes as many as a read.</summary>
    private const int LineMaximum = 64 * 1024;

    private const int PieceMaximum = 4096;

    private readonly byte[] _buffer = new byte[LineMaximum];
    private int _start;
    private int _end;
    private long _taken;
    private long _line;

    /// <summary>Known after the first piece.</summary>
    public CaptureFormat Format { get; private set; } = CaptureFormat.Raw;

    /// <summary>True if it is longer than what is looked at.</summary>
    public bool Cut { get; private set; }

    /// <summary>Opens a file for reading, or standard input for <c>-</c>.</summary>
    /// <exception cref="CommandFailedException">There is none, it may not be read, or it is a device.</exception>
    public static Stream Open(string name)
    {
        if (name == "-")
            return Console.OpenStandardInput();
        try
        {
            // No FIFO and no device by mistake: a tty that is opened here would be read in the agent's place.
            if (File.Exists(name) && new FileInfo(name) is { } info && (info.Attributes & FileAttributes.Device) != 0)
                throw new CommandFailedException(ExitCode.NotPossible, $"{Shown.Plain(name)} is a device; meter watch looks at those");
            return new FileStream(name, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new CommandFailedException(ExitCode.NotFound, $"there is no file {Shown.Plain(name)}", inner: e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw Directory.Exists(name)
                ? new CommandFailedException(ExitCode.NotPossible, $"{Shown.Plain(name)} is a directory", inner: e)
                : new CommandFailedException(ExitCode.NoPermission, $"you may not read {Shown.Plain(name)}", inner: e);
        }
        catch (IOException e)
        {
            throw new CommandFailedException(ExitCode.InputOutput, $"{Shown.Plain(name)} cannot be read: {e.Message}", inner: e);
        }
    }

    /// <exception cref="CommandFailedException">It is not a capture; the line is named.</exception>
    public async IAsyncEnumerable<CapturePiece> ReadAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop)
    {
        await FillAsync(stop);
        if (_end == 0)
            throw new CommandFailedException(ExitCode.NotPossible, $"{Shown.Plain(path)} is empty");
        // A frame begins with 02, noise may be anything; a line of a watcher's begins with a brace.
        if (_buffer[0] != (byte)'{')
        {
            do
            {
                yield return new CapturePiece.FromMeter(null, _buffer.AsMemory(_start, Math.Min(PieceMaximum, _end - _start)).ToArray());
                _start += Math.Min(PieceMaximum, _end - _start);
            }
            while (_start < _end || await FillAsync(stop));
            yield break;
        }

        Format = CaptureFormat.Frames;
        while (await LineAsync(stop) is { } line)
        {
            if (line.Length > 0 && Piece(line) is { } piece)
                yield return piece;
        }
    }

    private async Task<bool> FillAsync(CancellationToken stop)
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        var room = (int)Math.Min(_buffer.Length - _end, longest - _taken);
        if (room == 0)
        {
            Cut |= _taken >= longest;
            return false;
        }

        var read = await stream.ReadAsync(_buffer.AsMemory(_end, room), stop);
        _end += read;
        _taken += read;
        return read > 0;
    }

    private async Task<byte[]?> LineAsync(CancellationToken stop)
    {
        while (true)
        {
            var length = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
            if (length >= 0)
            {
                _line++;
                var line = _buffer.AsSpan(_start, length).TrimEnd((byte)'\r').ToArray();
                _start += length + 1;
                return line;
            }

            if (_end - _start == LineMaximum)
                throw Bad(_line + 1, $"longer than {LineMaximum} bytes");
            if (await FillAsync(stop))
                continue;
            // The last line of a watcher that was killed may be cut; it is no line.
            return null;
        }
    }

    private CapturePiece? Piece(byte[] line)
    {
        WatchReport? seen;
        try
        {
            seen = JsonSerializer.Deserialize(line, ControlJson.Default.WatchReport);
        }
        catch (JsonException)
        {
            throw Bad(_line, "not JSON");
        }

        switch (seen)
        {
            case { What: "frame", From: "meter", Text: { } text }:
                return new CapturePiece.FromMeter(seen.At, MaskedFrame.Make(text) ?? throw Bad(_line, "a frame whose text is no payload"));
            case { What: "frame", From: "agent", Text: { } text }:
                return new CapturePiece.FromAgent(seen.At, seen.Name ?? "?", text, seen.Meaning);
            case { What: "bytes", From: "meter", Text: { } hex }:
                Format = CaptureFormat.Bytes;
                return new CapturePiece.FromMeter(seen.At, Hex(hex));
            case { What: "dropped" }:
                return new CapturePiece.Missing(seen.At, seen.Count ?? 0);
            case { What: "watching" or "device" or "edge" or "key" or "print" or "bytes" or "frame" }:
                return null;
            default:
                throw Bad(_line, "not a line of meter watch");
        }
    }

    private byte[] Hex(string text)
    {
        try
        {
            return Convert.FromHexString(text);
        }
        catch (FormatException)
        {
            throw Bad(_line, "bytes that are not hexadecimal");
        }
    }

    private CommandFailedException Bad(long line, string what) =>
        new(ExitCode.NotPossible, string.Create(CultureInfo.InvariantCulture, $"{Shown.Plain(path)} line {line}: {what}; wanted are lines of meter watch --json or --raw, or plain bytes"));
}
