using System.Globalization;
using System.Net;
using System.Text;

namespace TaximeterAgent.Fuzz;

/// <summary>Answers every call at once, from the bytes of an answer on the wire; counts how much of a body is read.</summary>
internal sealed class AnswerHandler : HttpMessageHandler
{
    private int _status;
    private List<(string Name, string Value)> _headers = [];
    private bool _forToken;

    /// <summary>The body that was answered last, but for the token's.</summary>
    public byte[] Body { get; private set; } = [];

    public long MostRead { get; private set; }

    /// <summary>False if the bytes are no answer at all.</summary>
    /// <param name="answer">Head, empty line, body.</param>
    /// <param name="longer">The body is followed by two to the power of this many blanks; 0 for none.</param>
    /// <param name="forToken">The token endpoint answers so, and the call itself a right payment; or the other way about.</param>
    public bool Answer(byte[] answer, byte longer, bool forToken)
    {
        var end = answer.AsSpan().IndexOf("\r\n\r\n"u8);
        if (end < 0)
            return false;
        var lines = Encoding.Latin1.GetString(answer, 0, end).Split("\r\n");
        if (lines[0].Split(' ') is not ["HTTP/1.1", { Length: 3 } status, ..] || !int.TryParse(status, NumberStyles.None, CultureInfo.InvariantCulture, out _status))
            return false;
        _headers = [.. lines.Skip(1).Where(line => line.Contains(':', StringComparison.Ordinal)).Select(line => (line[..line.IndexOf(':', StringComparison.Ordinal)], line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim()))];
        Body = longer == 0 ? answer[(end + 4)..] : [.. answer.AsSpan(end + 4), .. Enumerable.Repeat((byte)' ', 1 << Math.Min((int)longer, 22))];
        _forToken = forToken;
        return true;
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        Task.FromResult(request.RequestUri!.AbsolutePath == "/accesstoken/get" == _forToken ? Spoilt() : Right(_forToken ? AnswerSamples.Payment : AnswerSamples.Token));

    private static HttpResponseMessage Right(string body) => new(HttpStatusCode.OK) { Content = new StringContent(body) };

    private HttpResponseMessage Spoilt()
    {
        var response = new HttpResponseMessage((HttpStatusCode)_status) { Content = new StreamContent(new CountedStream(this, Body)) };
        foreach (var (name, value) in _headers)
        {
            if (!response.Headers.TryAddWithoutValidation(name, value))
                response.Content.Headers.TryAddWithoutValidation(name, value);
        }

        return response;
    }

    private sealed class CountedStream(AnswerHandler owner, byte[] body) : MemoryStream(body)
    {
        // As of a network: its length is not known before it is read.
        public override bool CanSeek => false;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            // Not more at a time than a network brings, so that the reader cannot take all of it in one go.
            var read = Read(buffer.Span[..Math.Min(buffer.Length, 1460)]);
            owner.MostRead = Math.Max(owner.MostRead, Position);
            return ValueTask.FromResult(read);
        }
    }
}
