using System.Text;
using System.Text.Json;
using TaximeterAgent.Cli.Control;
using TaximeterAgent.Configuration;
using TaximeterAgent.Control.Wire;
using TaximeterAgent.Outbox;

namespace TaximeterAgent.Cli.Meter.Replay;

/// <summary>
/// Writes the meter's bytes as they come, a line for each piece, for <c>meter replay</c>. They are not masked: they may hold customers' numbers, so the file is its owner's
/// alone and never one that was there.
/// </summary>
internal sealed class CaptureWriter : IDisposable
{
    /// <summary>The longest capture, in bytes of its file: days of a busy line. No more is written, and none of a longer one is looked at.</summary>
    public const long LongestCapture = 64 * 1024 * 1024;

    private readonly FileStream _file;
    private readonly TimeProvider _time;

    /// <exception cref="CommandFailedException">The file is there already, or cannot be made.</exception>
    public CaptureWriter(string path, TimeProvider time)
    {
        _time = time;
        try
        {
            Permissions.CreateFile(path);
            _file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var there = File.Exists(path);
            throw new CommandFailedException(
                e is UnauthorizedAccessException ? ExitCode.NoPermission : there ? ExitCode.NotPossible : ExitCode.InputOutput,
                there && e is IOException ? $"{Shown.Plain(path)} is there already; name a new file" : $"{Shown.Plain(path)} cannot be written: {e.Message}",
                inner: e);
        }
    }

    /// <summary>False once the file is as long as it may be: nothing more is written.</summary>
    public bool Write(ReadOnlySpan<byte> bytes)
    {
        if (_file.Length >= LongestCapture)
            return false;
        var line = new WatchReport(_time.GetUtcNow(), "bytes") { From = "meter", Text = Convert.ToHexString(bytes) };
        _file.Write(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(line, AnswerJson.Context.WatchReport) + "\n"));
        _file.Flush();
        return true;
    }

    public void Dispose() => _file.Dispose();
}
