namespace TaximeterAgent.Simulation;

/// <summary>What can go wrong from outside.</summary>
internal enum FaultKind
{
    NetworkDown,
    SlowAnswer,
    RequestLost,
    AnswerLost,
    ArrivesLate,
    BrokenConnection,
    Status5xx,
    FailedAfterActing,
    Status429,
    Status423,
    DomainError,
    KeysForgotten,
    TokensRevoked,
    CustomerInThatMoment,
    CustomerLate,
    CustomerRefuses,
    CustomerSilent,
    CustomerUnknown,
    HintLost,
    HintLate,
    HintDoubled,
    HintForged,
    FrameLost,
    FrameCut,
    FrameDamaged,
    FrameDoubled,
    MeterRestarts,
    NumberRecurs,
    FareConflicts,
    FareOld,
    VoidBeforeFare,
    VoidAfterFare,
    BookingVoided,
    NoShow,
    DriverChangesMind,
    DriverTakesCash,
    DriverMistypes,
    RefundOrdered,
    Held,
    Resolved,
    TriedNow,
    ClockWrong,
    DiskFull,
    CommitFails,
    CleanStop,
    GuaranteeShort,
    FullCaptureOnly,
}

/// <summary>Where the power is cut.</summary>
internal enum CrashPoint
{
    BetweenRounds,
    DuringStart,
    BeforeCommit,
    InCommitOldState,
    InCommitNewState,
    AfterCommit,
    BeforeFrame,
    InFrame,
    AfterFrame,
    BeforeRequest,
    AfterRequest,
    AnswerOnItsWay,
    BeforeScreen,
    AfterScreen,
}

/// <summary>How often what has happened.</summary>
internal sealed class Tally
{
    private readonly long[] _faults = new long[Enum.GetValues<FaultKind>().Length];
    private readonly long[] _crashes = new long[Enum.GetValues<CrashPoint>().Length];

    public long Trips { get; set; }

    public long Calls { get; set; }

    public long Commits { get; set; }

    /// <summary>Keys that the driver pressed while the agent had power.</summary>
    public long Keys { get; set; }

    /// <summary>Requests sent to a number that the driver had keyed.</summary>
    public long RequestsToConfirmed { get; set; }

    /// <summary>How often a way back was looked for.</summary>
    public long WalksBack { get; set; }

    public long Faults => _faults.Sum();

    public long Crashes => _crashes.Sum();

    public void Count(FaultKind kind) => _faults[(int)kind]++;

    public void Count(CrashPoint point) => _crashes[(int)point]++;

    public void Add(Tally other)
    {
        for (var i = 0; i < _faults.Length; i++)
            _faults[i] += other._faults[i];
        for (var i = 0; i < _crashes.Length; i++)
            _crashes[i] += other._crashes[i];
        Trips += other.Trips;
        Calls += other.Calls;
        Commits += other.Commits;
        Keys += other.Keys;
        RequestsToConfirmed += other.RequestsToConfirmed;
        WalksBack += other.WalksBack;
    }

    public IEnumerable<(string Name, long Count)> Lines() =>
        Enum.GetValues<FaultKind>().Select(kind => ($"fault {kind}", _faults[(int)kind]))
            .Concat(Enum.GetValues<CrashPoint>().Select(point => ($"crash {point}", _crashes[(int)point])));
}
