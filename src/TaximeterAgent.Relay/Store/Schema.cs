namespace TaximeterAgent.Relay.Store;

/// <summary>The database's versions: the step at index n leads to version n + 1. Only forward.</summary>
internal static class Schema
{
    public static IReadOnlyList<string> Steps { get; } =
    [
        """
        CREATE TABLE clients (
          name text PRIMARY KEY,
          role text NOT NULL,               -- 'bookings' or 'operator'
          key_sha256 bytea NOT NULL UNIQUE, -- of 256 random bits: nothing that could be guessed
          created_at timestamptz NOT NULL DEFAULT now()
        );

        CREATE TABLE bookings (
          id text PRIMARY KEY,
          client text NOT NULL,
          prefix text, car text,            -- null for one that was cancelled before it was made
          phone text,                       -- wiped once the car has it, or the booking is over
          currency text, maximum bigint, pickup text,
          state text NOT NULL,
          detail text,
          cancel_wanted boolean NOT NULL DEFAULT false,
          book_confirmed boolean NOT NULL DEFAULT false,   -- the broker has the order
          cancel_confirmed boolean NOT NULL DEFAULT false, -- the broker has the cancellation
          created_at timestamptz NOT NULL DEFAULT now(),
          changed_at timestamptz NOT NULL DEFAULT now()
        );
        CREATE INDEX bookings_to_send ON bookings (changed_at)
          WHERE car IS NOT NULL AND (NOT book_confirmed OR (cancel_wanted AND NOT cancel_confirmed));
        CREATE INDEX bookings_by_age ON bookings (created_at);

        CREATE TABLE cars (
          prefix text NOT NULL, car text NOT NULL,
          seen_at timestamptz NOT NULL,     -- by the relay's clock
          reported_at timestamptz NOT NULL, -- by the car's
          version text NOT NULL,
          operations integer NOT NULL, open_trips integer NOT NULL, failed_trips integer NOT NULL,
          oldest_open_trip timestamptz,
          store_writable boolean NOT NULL, meter_heard boolean NOT NULL,
          PRIMARY KEY (prefix, car)
        );

        CREATE TABLE payments (
          reference text PRIMARY KEY,
          prefix text NOT NULL, car text NOT NULL,
          msn text NOT NULL,
          currency text NOT NULL, amount bigint NOT NULL,
          authorized_at timestamptz,        -- since when it is known to be approved
          settled boolean NOT NULL,         -- something was captured or released, or it can no longer be approved
          told_at timestamptz,              -- reported as stranded
          changed_at timestamptz NOT NULL
        );
        CREATE INDEX payments_waiting ON payments (authorized_at) WHERE NOT settled AND authorized_at IS NOT NULL;
        CREATE INDEX payments_by_age ON payments (changed_at);
        """,
    ];
}
