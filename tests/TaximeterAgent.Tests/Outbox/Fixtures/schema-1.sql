-- An outbox of schema version 1 with three open fares, as the agent of that version wrote it. Never to be written anew: cars have such files.
PRAGMA application_id=1415073025;
PRAGMA user_version=1;
BEGIN TRANSACTION;
CREATE TABLE counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO "counters" VALUES('flushes',0);
INSERT INTO "counters" VALUES('last_key',3);
CREATE TABLE history (
  id INTEGER PRIMARY KEY,
  trip_key INTEGER,
  at INTEGER NOT NULL,
  actor TEXT NOT NULL, what TEXT NOT NULL, text TEXT NOT NULL,
  reference TEXT, code TEXT, trace_id TEXT,
  duration INTEGER            -- milliseconds
);
INSERT INTO "history" VALUES(1,1,1793707200000,'epayment','create','fare 345.00 NOK','tx-EL12345-1-5d370d35-1','201','0af7651916cd43dd8448eb211c80319c',312);
INSERT INTO "history" VALUES(2,2,1793707200000,'epayment','create','fare 345.00 NOK','tx-EL12345-1-5d370d35-1','201','0af7651916cd43dd8448eb211c80319c',312);
INSERT INTO "history" VALUES(3,3,1793707200000,'epayment','create','fare 345.00 NOK','tx-EL12345-1-5d370d35-1','201','0af7651916cd43dd8448eb211c80319c',312);
CREATE TABLE identities (
  id BLOB PRIMARY KEY CHECK (length(id) = 16),
  trip_key INTEGER NOT NULL,
  content INTEGER NOT NULL
) WITHOUT ROWID;
INSERT INTO "identities" VALUES(X'00C87339A0BC8FB2C9AD76605E6A2537',2,-5768289986489280937);
INSERT INTO "identities" VALUES(X'58F6FF716D9DE783B9065F2128E3A51D',3,-5768289986489280937);
INSERT INTO "identities" VALUES(X'5D370D35CF7B5A07F798BBFA312839AE',1,-5768289986489280937);
CREATE TABLE operations (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  trip_key INTEGER NOT NULL REFERENCES trips (key),
  kind TEXT NOT NULL,
  reference TEXT NOT NULL,
  base_url TEXT NOT NULL,
  msn TEXT NOT NULL,
  amount INTEGER, currency TEXT,
  phone TEXT,
  receipt_offset INTEGER NOT NULL,
  stored_at INTEGER NOT NULL,
  body BLOB NOT NULL
);
INSERT INTO "operations" VALUES(1,'in-1-1-1',1,'Create','tx-EL12345-1-5d370d35-1','https://apitest.vipps.no','123456',34500,'NOK','4791234567',0,1793707200000,X'7B22616D6F756E74223A7B2263757272656E6379223A224E4F4B222C2276616C7565223A33343530307D2C22637573746F6D6572223A7B2270686F6E654E756D626572223A2234373931323334353637227D2C227265666572656E6365223A2274782D454C31323334352D312D35643337306433352D31227D');
INSERT INTO "operations" VALUES(2,'in-2-1-1',2,'Create','tx-EL12345-2-00c87339-1','https://apitest.vipps.no','123456',34500,'NOK','4791234567',0,1793707200000,X'7B22616D6F756E74223A7B2263757272656E6379223A224E4F4B222C2276616C7565223A33343530307D2C22637573746F6D6572223A7B2270686F6E654E756D626572223A2234373931323334353637227D2C227265666572656E6365223A2274782D454C31323334352D322D30306338373333392D31227D');
INSERT INTO "operations" VALUES(3,'in-3-1-1',3,'Create','tx-EL12345-3-58f6ff71-1','https://apitest.vipps.no','123456',34500,'NOK','4791234567',0,1793707200000,X'7B22616D6F756E74223A7B2263757272656E6379223A224E4F4B222C2276616C7565223A33343530307D2C22637573746F6D6572223A7B2270686F6E654E756D626572223A2234373931323334353637227D2C227265666572656E6365223A2274782D454C31323334352D332D35386636666637312D31227D');
CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE timers (
  trip_key INTEGER NOT NULL REFERENCES trips (key) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  reference TEXT NOT NULL,    -- '' for a timer of the trip itself
  set_at INTEGER NOT NULL,
  after INTEGER NOT NULL,     -- milliseconds
  PRIMARY KEY (trip_key, kind, reference)
) WITHOUT ROWID;
INSERT INTO "timers" VALUES(1,'OfflineTooLong','',1793707200000,900000);
INSERT INTO "timers" VALUES(2,'OfflineTooLong','',1793707200000,900000);
INSERT INTO "timers" VALUES(3,'OfflineTooLong','',1793707200000,900000);
CREATE TABLE trips (
  key INTEGER PRIMARY KEY,
  meter TEXT, trip TEXT, start TEXT, booking TEXT,
  open INTEGER NOT NULL,      -- money or a request can still be out there, or someone has to be told
  unpaid INTEGER NOT NULL,    -- a new request could still be made
  failed INTEGER NOT NULL,    -- a person has to look
  phones INTEGER NOT NULL,    -- the state holds phone numbers
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  closed_at INTEGER,          -- since when it is not open
  state TEXT NOT NULL
);
INSERT INTO "trips" VALUES(1,'meter-7','1','2026-11-03T11:31:00+01:00',NULL,1,1,0,1,1795884584097,1795884584097,NULL,'{"trip":{"meter":"meter-7","trip":"1","start":"2026-11-03T11:31:00+01:00"},"fare":{"total":"34500 NOK","fareAmount":"31000 NOK","supplements":"2500 NOK","tip":"1000 NOK","vat":1200,"supplementsVat":1200,"finish":"2026-11-03T12:00:00+01:00","distance":12345,"tariff":"2","driver":"Åse","phone":"4791234567"},"phone":"4791234567","attempts":[{"kind":"Request","number":1,"reference":"tx-EL12345-1-5d370d35-1","baseUrl":"https://apitest.vipps.no","msn":"123456","amount":"34500 NOK","phone":"4791234567","createId":"in-1-1-1"}]}');
INSERT INTO "trips" VALUES(2,'meter-7','2','2026-11-03T11:31:00+01:00',NULL,1,1,0,1,1795884584150,1795884584150,NULL,'{"trip":{"meter":"meter-7","trip":"2","start":"2026-11-03T11:31:00+01:00"},"fare":{"total":"34500 NOK","fareAmount":"31000 NOK","supplements":"2500 NOK","tip":"1000 NOK","vat":1200,"supplementsVat":1200,"finish":"2026-11-03T12:00:00+01:00","distance":12345,"tariff":"2","driver":"Åse","phone":"4791234567"},"phone":"4791234567","attempts":[{"kind":"Request","number":1,"reference":"tx-EL12345-2-00c87339-1","baseUrl":"https://apitest.vipps.no","msn":"123456","amount":"34500 NOK","phone":"4791234567","createId":"in-2-1-1"}]}');
INSERT INTO "trips" VALUES(3,'meter-7','3','2026-11-03T11:31:00+01:00',NULL,1,1,0,1,1795884584152,1795884584152,NULL,'{"trip":{"meter":"meter-7","trip":"3","start":"2026-11-03T11:31:00+01:00"},"fare":{"total":"34500 NOK","fareAmount":"31000 NOK","supplements":"2500 NOK","tip":"1000 NOK","vat":1200,"supplementsVat":1200,"finish":"2026-11-03T12:00:00+01:00","distance":12345,"tariff":"2","driver":"Åse","phone":"4791234567"},"phone":"4791234567","attempts":[{"kind":"Request","number":1,"reference":"tx-EL12345-3-58f6ff71-1","baseUrl":"https://apitest.vipps.no","msn":"123456","amount":"34500 NOK","phone":"4791234567","createId":"in-3-1-1"}]}');
CREATE INDEX trips_by_number ON trips (trip, meter, start) WHERE trip IS NOT NULL;
CREATE INDEX trips_by_booking ON trips (booking) WHERE booking IS NOT NULL;
CREATE INDEX trips_by_created ON trips (created_at);
CREATE INDEX trips_open ON trips (open) WHERE open = 1;
CREATE INDEX trips_unpaid ON trips (unpaid) WHERE unpaid = 1;
CREATE INDEX trips_failed ON trips (failed) WHERE failed = 1;
CREATE INDEX trips_closed ON trips (closed_at) WHERE closed_at IS NOT NULL;
CREATE INDEX trips_to_wipe ON trips (closed_at) WHERE phones = 1 AND closed_at IS NOT NULL;
CREATE INDEX operations_by_trip ON operations (trip_key);
CREATE INDEX history_by_trip ON history (trip_key, id);
CREATE INDEX history_by_time ON history (at);
CREATE TRIGGER history_is_append_only BEFORE UPDATE ON history BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
COMMIT;
