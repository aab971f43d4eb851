using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Phones;
using TaximeterAgent.Exploration.Model;

namespace TaximeterAgent.Exploration.Search;

/// <summary>
/// Writes a world as bytes that are equal for two worlds exactly if nothing that can happen tells them apart. Ids become numbers in the order in which they are
/// met; what is a set is sorted; counters that are only compared with small numbers stop there; what is only shown is left out. Reused; not for two threads.
/// </summary>
internal sealed class Canon(Scenario scenario)
{
    private readonly byte[] _buffer = new byte[8192];
    private readonly List<string> _ids = [];
    private readonly List<Reference> _references = [scenario.ReservationReference, .. Enumerable.Range(1, 9).Select(i => Reference.OfTrip("taxi", "NO4711", Scenario.Trip, i))];
    private readonly List<(int Order, int Index)> _order = [];
    private int _length;

    /// <summary>The world's bytes; valid until the next call.</summary>
    public ReadOnlySpan<byte> Write(World w)
    {
        _length = 0;
        _ids.Clear();
        Byte(w.Crashes);
        Byte(w.Losses);
        Byte(w.Refusals);
        Bits(w.FareSaid, w.BookingSaid, w.VoidSaid, w.BookingVoidSaid, w.Asked, w.HoldSaid, w.ResolveSaid, w.GiveUpSaid);
        Byte((w.Holds * 16) + w.Resolves);
        Bits(w.OrphanSaid, w.ReleaseSent);
        if (scenario.Orphaned)
            Amount(w.KeptEarlier);
        Trip(w.State);
        Calls(w);
        Letters(w);
        Timers(w.Timers);
        if (w.Crashes > 0)
            Disk(w);
        Payments(w);
        Keys(w);
        return _buffer.AsSpan(0, _length);
    }

    /// <summary>A number that two different worlds share with a chance of one in 2^128: for a billion worlds, 10^-21.</summary>
    public UInt128 Hash(World w)
    {
        Span<byte> digest = stackalloc byte[32];
        SHA256.HashData(Write(w), digest);
        return BinaryPrimitives.ReadUInt128LittleEndian(digest);
    }

    // What a start would find. The same as in memory, more often than not.
    private void Disk(World w)
    {
        var begin = _length;
        Stored(w.State, w.Timers);
        var middle = _length;
        Stored(w.Disk.State, w.Disk.Timers);
        if (!_buffer.AsSpan(begin, middle - begin).SequenceEqual(_buffer.AsSpan(middle, _length - middle)))
            return;
        _length = begin;
        Byte(255);
    }

    // The operations on disk are those that the state names; others are forgotten at the start, with everything that a start makes anew.
    private void Stored(TripState s, ImmutableArray<RunningTimer> timers)
    {
        Trip(s, stored: true);
        Timers(timers);
    }

    private void Trip(TripState s, bool stored = false)
    {
        Bits(s.Trip is not null, s.Fare is not null, s.Booking is not null, s.OtherWay, s.OnlyOnRequest, s.RequestTooOld, s.Unrequestable, s.Probe);
        Bits(s.RefundRefused, s.Stopped is not null, s.Wish is not null, s.Wish is { Replace: true }, s.Word is not null, s.Word is { Acknowledged: true }, s.Held, s.GivenUp);
        // What it is called follows from the scenario.
        Bits(s.Orphan is not null, s.Orphan is { ReleaseDue: true }, s.Orphan is { NotOurs: true }, s.Orphan is { LetGo: true });
        Phone(s.Phone);
        if (s.Wish is { } wish)
            Phone(wish.Phone);
        Byte((int)s.Settled);
        Byte((int)s.ReservationEnd);
        Byte((int)s.Question);
        Amount(s.RefundTarget);
        if (s.Word is { } word)
        {
            // Its number only pairs the meter's answer with it.
            Byte((int)word.Kind);
            Ref(word.Reference);
            Amount(word.Amount);
            Amount(word.Due);
            Byte(word.Reason is { } reason ? (int)reason + 1 : 0);
        }

        Byte(s.Attempts.Length);
        foreach (var a in s.Attempts)
            Attempt(stored ? a with { Pending = null, ReceiptPending = null, Failures = 0, Receipt = a.Receipt == ReceiptState.FirstTry ? ReceiptState.Due : a.Receipt } : a);
    }

    private void Attempt(Attempt a)
    {
        // Kind, number and sales unit follow from the reference.
        Ref(a.Reference);
        Amount(a.Amount.MinorUnits);
        Phone(a.Phone);
        Byte((int)a.Existence);
        Id(a.CreateId);
        Bits(a.TooOld, a.Certain, a.GuaranteePast, a.CaptureAnyway, a.Gone, a.Withdraw, a.Undo, a.FinalReadDue);
        Bits(a.ReadFirst, a.Pending is not null, a.ReceiptPending is not null, a.Capture is not null, a.Refund is not null, a.Capture is { Unknown: true }, a.Refund is { Unknown: true });
        Byte((int)a.State);
        Amount(a.Authorized);
        Amount(a.Captured);
        Amount(a.Cancelled);
        Amount(a.Refunded);
        Byte(a.Uncapturable is { } uncapturable ? (int)uncapturable + 1 : 0);
        Byte(a.Ending is { } ending ? (int)ending + 1 : 0);
        if (a.Pending is { } pending)
        {
            Id(pending.Id);
            Byte((int)pending.Kind);
        }

        if (a.ReceiptPending is { } receipt)
            Id(receipt.Id);
        if (a.Capture is { } capture)
            Money(capture);
        if (a.Refund is { } refund)
            Money(refund);
        Byte((int)a.Receipt);
        // Failures decide how long a try waits and whether somebody is alarmed, which are not part of a world; and what may be given up, where somebody does. Of
        // refusals is asked whether there was one before.
        // Of a receipt's failures is asked whether there were 300: so many are not explored.
        Byte(Math.Min(a.Refusals, 1) + (scenario.Resolves > 0 && a.Failures > 0 ? 2 : 0));
    }

    private void Money(MoneyCall call)
    {
        Id(call.Id);
        Amount(call.Amount);
        Amount(call.Before);
    }

    private void Calls(World w)
    {
        _order.Clear();
        for (var i = 0; i < w.Calls.Length; i++)
            _order.Add((OrderOf(w.Calls[i].Operation), i));
        _order.Sort();
        Byte(w.Calls.Length);
        foreach (var (_, index) in _order)
        {
            var call = w.Calls[index];
            Operation(call.Operation);
            Byte((int)call.Stage + (call.Forgotten ? 8 : 0));
        }
    }

    private void Letters(World w)
    {
        _order.Clear();
        for (var i = 0; i < w.Letters.Length; i++)
            _order.Add((OrderOf(w.Letters[i].Operation) * 2 + (w.Letters[i].BeforeTimer ? 1 : 0), i));
        _order.Sort();
        Byte(w.Letters.Length);
        foreach (var (_, index) in _order)
        {
            Operation(w.Letters[index].Operation);
            Bits(w.Letters[index].BeforeTimer);
        }
    }

    // By what it is, then by the number of its id if it has one already.
    private int OrderOf(Operation operation) => ((IndexOf(operation.Reference) * 8) + (int)operation.Kind) * 64 + (_ids.IndexOf(operation.Id) is >= 0 and var known ? known : 63);

    private void Operation(Operation operation)
    {
        Id(operation.Id);
        Byte((int)operation.Kind);
        Ref(operation.Reference);
        Amount(operation.Amount?.MinorUnits ?? 0);
        Amount(operation.ReceiptOffset);
        Phone(operation.Phone);
    }

    private void Timers(ImmutableArray<RunningTimer> timers)
    {
        _order.Clear();
        for (var i = 0; i < timers.Length; i++)
            _order.Add((((int)timers[i].Kind * 32) + (timers[i].Reference is { } reference ? IndexOf(reference) : 31), i));
        _order.Sort();
        Byte(timers.Length);
        foreach (var (order, _) in _order)
            Byte(order);
    }

    private void Payments(World w)
    {
        _order.Clear();
        for (var i = 0; i < w.Payments.Length; i++)
            _order.Add((IndexOf(w.Payments[i].Reference), i));
        _order.Sort();
        Byte(w.Payments.Length);
        foreach (var (_, index) in _order)
        {
            var p = w.Payments[index];
            Ref(p.Reference);
            Amount(p.Amount);
            Byte((int)p.State);
            Amount(p.Authorized);
            Amount(p.Captured);
            Amount(p.Cancelled);
            Amount(p.Refunded);
            Bits(p.Late, p.Gone, p.Receipt is not null);
            Amount(p.Receipt ?? 0);
            Amount(p.ReceiptOffset);
        }
    }

    // A key that nobody holds any more is never seen again.
    private void Keys(World w)
    {
        _order.Clear();
        for (var i = 0; i < w.Keys.Length; i++)
        {
            if (_ids.IndexOf(w.Keys[i].Key) is >= 0 and var known)
                _order.Add((known, i));
        }

        _order.Sort();
        foreach (var (known, index) in _order)
        {
            Byte(known);
            Byte(w.Keys[index].Refusal is { } refusal ? (int)refusal + 1 : 0);
        }
    }

    private void Id(string? id)
    {
        if (id is null)
        {
            Byte(0);
            return;
        }

        var number = _ids.IndexOf(id);
        if (number < 0)
        {
            number = _ids.Count;
            _ids.Add(id);
        }

        Byte(number + 1);
    }

    private void Ref(Reference reference) => Byte(IndexOf(reference));

    private int IndexOf(Reference reference)
    {
        var index = _references.IndexOf(reference);
        return index >= 0 ? index : throw new InvalidOperationException($"{reference} is none of the scenario's.");
    }

    private void Phone(PhoneNumber? phone) => Byte(phone is null ? 0 : phone == Scenario.Phone ? 1 : 2);

    private void Bits(bool a, bool b = false, bool c = false, bool d = false, bool e = false, bool f = false, bool g = false, bool h = false) =>
        Byte((a ? 1 : 0) | (b ? 2 : 0) | (c ? 4 : 0) | (d ? 8 : 0) | (e ? 16 : 0) | (f ? 32 : 0) | (g ? 64 : 0) | (h ? 128 : 0));

    private void Byte(int value) => _buffer[_length++] = checked((byte)value);

    private void Amount(long value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(_buffer.AsSpan(_length), checked((int)value));
        _length += 4;
    }
}
