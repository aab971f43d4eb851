using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using TaximeterAgent.Simulator.Scenarios;

namespace TaximeterAgent.Simulator.Fleet;

/// <summary>The taxi app's backend: it makes bookings at the relay's public address, asks after them and cancels them, and remembers what it was answered.</summary>
internal sealed class TaxiApp(HttpClient http, string car, Transcript transcript, TimeProvider time) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly List<AppAnswer> _answers = [];
    private readonly List<TakenBooking> _taken = [];

    /// <param name="door">The relay's public address.</param>
    /// <param name="trusted">Whom its certificate must be signed by.</param>
    /// <param name="key">The client's key.</param>
    /// <param name="car">Which car is ordered, <c>prefix.car</c>.</param>
    /// <param name="transcript">Where it is told.</param>
    /// <param name="time">For the answers' times.</param>
    public static TaxiApp At(Uri door, Authority trusted, string key, string car, Transcript transcript, TimeProvider time) =>
        new(new HttpClient(trusted.Handler()) { BaseAddress = door, DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", key) } }, car, transcript, time);

    public IReadOnlyList<AppAnswer> Answers
    {
        get
        {
            lock (_gate)
                return [.. _answers];
        }
    }

    public IReadOnlyList<TakenBooking> Taken
    {
        get
        {
            lock (_gate)
                return [.. _taken];
        }
    }

    public async Task<AppAnswer> BookAsync(string booking, Customer customer, long? maximum = null)
    {
        var order = new JsonObject { ["id"] = booking, ["car"] = car, ["phone"] = customer.Msisdn, ["currency"] = "NOK" };
        if (maximum is not null)
            order["maximum"] = maximum;
        AppAnswer answer = await AskAsync(HttpMethod.Post, "bookings", booking, order);
        if (answer.Status is 200 or 202)
        {
            lock (_gate)
            {
                if (_taken.TrueForAll(one => one.Id != booking))
                    _taken.Add(new TakenBooking(booking, customer.Msisdn, maximum));
            }
        }

        return answer;
    }

    public Task<AppAnswer> LookAsync(string booking) => AskAsync(HttpMethod.Get, "bookings/" + booking, booking);

    public Task<AppAnswer> CancelAsync(string booking) => AskAsync(HttpMethod.Delete, "bookings/" + booking, booking);

    public void Dispose() => http.Dispose();

    private async Task<AppAnswer> AskAsync(HttpMethod method, string path, string booking, JsonObject? body = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        int status = 0;
        string word = "";
        try
        {
            using HttpResponseMessage answer = await http.SendAsync(request);
            status = (int)answer.StatusCode;
            string said = await answer.Content.ReadAsStringAsync();
            JsonObject? json = said.StartsWith('{') ? JsonNode.Parse(said)!.AsObject() : null;
            word = json?["state"]?.GetValue<string>() ?? json?["error"]?.GetValue<string>() ?? "";
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException)
        {
            // No answer, and that is what is noted.
        }

        return Note(new AppAnswer(time.GetUtcNow(), method.Method, booking, status, word));
    }

    // An app asks again and again; what is told is what has changed.
    private AppAnswer Note(AppAnswer answer)
    {
        lock (_gate)
        {
            AppAnswer? before = _answers.FindLast(one => one.Booking == answer.Booking && one.Method == answer.Method);
            if (answer.Method == HttpMethod.Get.Method && before is not null && (before.Status, before.Word) == (answer.Status, answer.Word))
                return answer;
            _answers.Add(answer);
        }

        transcript.Say("app", $"{answer.Method} {answer.Booking}: {(answer.Status == 0 ? "no answer" : $"{answer.Status} {answer.Word}")}");
        return answer;
    }
}
