using LiteDB;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.LiteDb.Documents;

namespace TaximeterAgent.LiteDb;

// Carrying over: row by row, exactly as they are.
public sealed partial class LiteDbOutbox : IOutboxContent
{
    private const int DocumentsAtOnce = 1_000;

    long IOutboxContent.LastKey => _storedKey;

    IEnumerable<TripRow> IOutboxContent.Trips() => All(Names.Trips).Select(Mapping.ToTrip);

    IEnumerable<OperationRow> IOutboxContent.Operations() => All(Names.Trips).SelectMany(OperationsOf);

    IEnumerable<TimerRow> IOutboxContent.Timers() => All(Names.Trips).SelectMany(TimersOf);

    IEnumerable<HistoryRow> IOutboxContent.History() => All(Names.History).Select(Mapping.ToLine);

    IEnumerable<IdentityRow> IOutboxContent.Identities() => All(Names.Identities).Select(Mapping.ToIdentity);

    IEnumerable<SettingRow> IOutboxContent.Settings() => All(Names.Settings).Select(Mapping.ToSetting);

    void IOutboxContent.TakeOver(IOutboxContent from, CancellationToken stop)
    {
        if (_storedKey != 0 || _lastLine != 0 || All(Names.Settings).Any() || All(Names.Identities).Any())
            throw new InvalidOperationException($"{_files.Database}: there is something in it already.");
        lock (_turn)
        {
            foreach (var piece in Documents(from).Chunk(DocumentsAtOnce))
            {
                stop.ThrowIfCancellationRequested();
                TakeRoom(piece, urgent: false);
                Write(() => Store(piece), sync: true);
                if (!Fold())
                    throw new OutboxFullException($"{_files.Database}: there is no room.");
            }

            foreach (var operation in from.Operations())
                _operations.Add(operation.Id, operation.TripKey);
            _storedKey = _lastKey = from.LastKey;
            _lastLine = All(Names.History, order: Query.Descending).Select(KeyOf).FirstOrDefault();
        }
    }

    private static IEnumerable<(string Collection, BsonDocument Document)> Documents(IOutboxContent from)
    {
        var operations = from.Operations().GroupBy(one => one.TripKey).ToDictionary(one => one.Key, one => new BsonArray(one.Select(Mapping.OfOperation)));
        var timers = from.Timers().GroupBy(one => one.TripKey).ToDictionary(one => one.Key, one => new BsonArray(one.Select(Mapping.OfTimer)));
        foreach (var trip in from.Trips())
            yield return (Names.Trips, Mapping.OfTrip(trip, operations.GetValueOrDefault(trip.Key) ?? [], timers.GetValueOrDefault(trip.Key) ?? []));
        foreach (var line in from.History())
            yield return (Names.History, Mapping.OfLine(line));
        foreach (var identity in from.Identities())
            yield return (Names.Identities, Mapping.OfIdentity(identity));
        foreach (var setting in from.Settings())
            yield return (Names.Settings, Mapping.OfSetting(setting));
        yield return (Names.Counters, Mapping.OfCounter(Names.LastKey, from.LastKey));
    }
}
