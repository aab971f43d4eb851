using System.Text;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Ports;

namespace TaximeterAgent.Outbox.State;

/// <summary><see cref="TripStateJson"/> for a store that is an assembly of its own.</summary>
internal sealed class TripStateCodec : ITripStateCodec
{
    public string Write(TripState state) => Encoding.UTF8.GetString(TripStateJson.Write(state));

    public TripState Read(long key, string text) => TripStateJson.Read(key, Encoding.UTF8.GetBytes(text));

    public TripState Durable(TripState state) => TripStateJson.Durable(state);

    public bool HasPhones(TripState state) => TripStateJson.HasPhones(state);

    public TripState WithoutPhones(TripState state) => TripStateJson.WithoutPhones(state);
}
