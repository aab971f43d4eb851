PRAGMA application_id=1415073025;
PRAGMA user_version=4;
BEGIN;
CREATE TABLE counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO counters VALUES('flushes',0);
INSERT INTO counters VALUES('last_key',13);
CREATE TABLE history (
  id INTEGER PRIMARY KEY,
  trip_key INTEGER,
  at INTEGER NOT NULL,
  actor TEXT NOT NULL, what TEXT NOT NULL, text TEXT NOT NULL,
  reference TEXT, code TEXT, trace_id TEXT,
  duration INTEGER            -- milliseconds
);
INSERT INTO history VALUES(1,1,1793707201000,'meter','fare','345.00 NOK for trip meter-7/1/2026-11-03T11:31:00+01:00',NULL,NULL,NULL,NULL);
INSERT INTO history VALUES(10,3,1793707261000,'epayment','Create','Create 345.00 NOK to +47 •••• ••67: done','tx-EL12345-3-58f6ff71-1','200','0af7651916cd43dd8448eb211c80319c',312);
INSERT INTO history VALUES(11,2,1793707291000,'epayment','Create','Create 345.00 NOK to +47 •••• ••67: not sent, no network (4 times)','tx-EL12345-2-00c87339-1',NULL,NULL,NULL);
INSERT INTO history VALUES(12,4,1793707291000,'meter','fare','345.00 NOK for trip meter-7/4/2026-11-03T11:31:00+01:00',NULL,NULL,NULL,NULL);
INSERT INTO history VALUES(13,4,1793707291000,'agent','decided','request of 345.00 NOK is made','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(14,4,1793707291000,'epayment','Create','Create 345.00 NOK to +47 •••• ••67: done','tx-EL12345-4-b6a79334-1','200','0af7651916cd43dd8448eb211c80319c',312);
INSERT INTO history VALUES(15,4,1793707312000,'epayment','Query','Query: Authorized, authorized 34500, captured 0, cancelled 0, refunded 0','tx-EL12345-4-b6a79334-1','200','0af7651916cd43dd8448eb211c80319c',312);
INSERT INTO history VALUES(16,4,1793707312000,'epayment','PostReceipt','PostReceipt 345.00 NOK: done','tx-EL12345-4-b6a79334-1','200','0af7651916cd43dd8448eb211c80319c',312);
INSERT INTO history VALUES(17,4,1793707312000,'agent','decided','capture of 345.00 NOK begins','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(18,4,1793707312000,'epayment','Capture','Capture 345.00 NOK: outcome unknown, the connection broke','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(19,4,1793707314000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(2,2,1793707231000,'meter','fare','345.00 NOK for trip meter-7/2/2026-11-03T11:31:00+01:00',NULL,NULL,NULL,NULL);
INSERT INTO history VALUES(20,4,1793707316000,'epayment','Query','Query: not sent, no network (2 times)','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(21,4,1793707320000,'epayment','Query','Query: not sent, no network (4 times)','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(22,5,1793707321000,'meter','fare','345.00 NOK for trip meter-7/5/2026-11-03T11:31:00+01:00',NULL,NULL,NULL,NULL);
INSERT INTO history VALUES(23,5,1793707321000,'agent','decided','request of 345.00 NOK is made','tx-EL12345-5-7e0cc06b-1',NULL,NULL,NULL);
INSERT INTO history VALUES(24,5,1793707321000,'epayment','Create','Create 345.00 NOK to +47 •••• ••67: done','tx-EL12345-5-7e0cc06b-1','200','0af7651916cd43dd8448eb211c80319c',312);
INSERT INTO history VALUES(25,4,1793707326000,'epayment','Query','Query: not sent, no network (8 times)','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(26,5,1793707342000,'epayment','Query','Query: Authorized, authorized 34500, captured 0, cancelled 0, refunded 0','tx-EL12345-5-7e0cc06b-1','200','0af7651916cd43dd8448eb211c80319c',312);
INSERT INTO history VALUES(27,4,1793707342000,'epayment','Query','Query: not sent, no network (16 times)','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(28,5,1793707342000,'epayment','PostReceipt','PostReceipt 345.00 NOK: done','tx-EL12345-5-7e0cc06b-1','200','0af7651916cd43dd8448eb211c80319c',312);
INSERT INTO history VALUES(29,5,1793707342000,'agent','decided','capture of 345.00 NOK begins','tx-EL12345-5-7e0cc06b-1',NULL,NULL,NULL);
INSERT INTO history VALUES(3,2,1793707231000,'agent','decided','request of 345.00 NOK is made','tx-EL12345-2-00c87339-1',NULL,NULL,NULL);
INSERT INTO history VALUES(30,5,1793707342000,'epayment','Capture','Capture 345.00 NOK: Authorized, authorized 34500, captured 34500, cancelled 0, refunded 0','tx-EL12345-5-7e0cc06b-1','200','0af7651916cd43dd8448eb211c80319c',312);
INSERT INTO history VALUES(31,5,1793707342000,'agent','decided','PAID: captured and checked, 345.00 NOK','tx-EL12345-5-7e0cc06b-1',NULL,NULL,NULL);
INSERT INTO history VALUES(32,2,1793707351000,'epayment','Create','Create 345.00 NOK to +47 •••• ••67: not sent, no network (8 times)','tx-EL12345-2-00c87339-1',NULL,NULL,NULL);
INSERT INTO history VALUES(33,4,1793707370000,'epayment','Query','Query: not sent, no network (32 times)','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(34,6,1793707411000,'meter','fare','345.00 NOK for trip meter-7/6/2026-11-03T11:31:00+01:00',NULL,NULL,NULL,NULL);
INSERT INTO history VALUES(35,6,1793707411000,'agent','decided','request of 345.00 NOK is made','tx-EL12345-6-a27be3f3-1',NULL,NULL,NULL);
INSERT INTO history VALUES(36,6,1793707411000,'epayment','Create','Create 345.00 NOK to +47 •••• ••67: done','tx-EL12345-6-a27be3f3-1','200','0af7651916cd43dd8448eb211c80319c',312);
INSERT INTO history VALUES(37,6,1793707432000,'epayment','Query','Query: Authorized, authorized 34500, captured 0, cancelled 0, refunded 0','tx-EL12345-6-a27be3f3-1','200','0af7651916cd43dd8448eb211c80319c',312);
INSERT INTO history VALUES(38,4,1793707432000,'epayment','Query','Query: not sent, no network (64 times)','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(39,6,1793707432000,'epayment','PostReceipt','PostReceipt 345.00 NOK: done','tx-EL12345-6-a27be3f3-1','200','0af7651916cd43dd8448eb211c80319c',312);
INSERT INTO history VALUES(4,2,1793707231000,'epayment','Create','Create 345.00 NOK to +47 •••• ••67: outcome unknown, the connection broke','tx-EL12345-2-00c87339-1',NULL,NULL,NULL);
INSERT INTO history VALUES(40,6,1793707432000,'agent','decided','capture of 345.00 NOK begins','tx-EL12345-6-a27be3f3-1',NULL,NULL,NULL);
INSERT INTO history VALUES(41,6,1793707432000,'epayment','Capture','Capture 345.00 NOK: Authorized, authorized 34500, captured 34500, cancelled 0, refunded 0','tx-EL12345-6-a27be3f3-1','200','0af7651916cd43dd8448eb211c80319c',312);
INSERT INTO history VALUES(42,6,1793707432000,'agent','decided','PAID: captured and checked, 345.00 NOK','tx-EL12345-6-a27be3f3-1',NULL,NULL,NULL);
INSERT INTO history VALUES(43,2,1793707471000,'epayment','Create','Create 345.00 NOK to +47 •••• ••67: not sent, no network (16 times)','tx-EL12345-2-00c87339-1',NULL,NULL,NULL);
INSERT INTO history VALUES(44,6,1793707491000,'agent','decided','refund of 345.00 NOK begins','tx-EL12345-6-a27be3f3-1',NULL,NULL,NULL);
INSERT INTO history VALUES(45,6,1793707491000,'epayment','Refund','Refund 345.00 NOK: Authorized, authorized 34500, captured 34500, cancelled 0, refunded 34500','tx-EL12345-6-a27be3f3-1','200','0af7651916cd43dd8448eb211c80319c',312);
INSERT INTO history VALUES(46,6,1793707491000,'agent','decided','REFUNDED: 345.00 NOK is given back in all','tx-EL12345-6-a27be3f3-1',NULL,NULL,NULL);
INSERT INTO history VALUES(47,7,1793707531000,'meter','fare','345.00 NOK for trip meter-7/7/2026-11-03T11:31:00+01:00',NULL,NULL,NULL,NULL);
INSERT INTO history VALUES(48,7,1793707531000,'agent','decided','request of 345.00 NOK is made','tx-EL12345-7-88fb9212-1',NULL,NULL,NULL);
INSERT INTO history VALUES(49,7,1793707531000,'epayment','Create','Create 345.00 NOK to +47 •••• ••67: done','tx-EL12345-7-88fb9212-1','200','0af7651916cd43dd8448eb211c80319c',312);
INSERT INTO history VALUES(5,2,1793707231000,'agent','decided','it is not certain whether it was made: read until a 404 is proof','tx-EL12345-2-00c87339-1',NULL,NULL,NULL);
INSERT INTO history VALUES(50,7,1793707551000,'meter','void','trip meter-7/7/2026-11-03T11:31:00+01:00',NULL,NULL,NULL,NULL);
INSERT INTO history VALUES(51,7,1793707551000,'agent','decided','nothing of it may be kept: released, or refunded','tx-EL12345-7-88fb9212-1',NULL,NULL,NULL);
INSERT INTO history VALUES(52,7,1793707551000,'agent','decided','settled by VOID: nothing new is captured',NULL,NULL,NULL,NULL);
INSERT INTO history VALUES(53,7,1793707551000,'epayment','CancelUnapproved','CancelUnapproved: Terminated, authorized 0, captured 0, cancelled 34500, refunded 0','tx-EL12345-7-88fb9212-1','200','0af7651916cd43dd8448eb211c80319c',312);
INSERT INTO history VALUES(54,7,1793707551000,'agent','decided','request is over: Cancelled','tx-EL12345-7-88fb9212-1',NULL,NULL,NULL);
INSERT INTO history VALUES(55,4,1793707551000,'epayment','Query','Query: not sent, no network (128 times)','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(56,8,1793707561000,'meter','booking','booking B-1 for +47 •••• ••67, at most 500.00 NOK',NULL,NULL,NULL,NULL);
INSERT INTO history VALUES(57,8,1793707561000,'agent','decided','reservation of 500.00 NOK is made','tx-EL12345-b-70d06fa3-1',NULL,NULL,NULL);
INSERT INTO history VALUES(58,8,1793707561000,'epayment','Create','Create 500.00 NOK to +47 •••• ••67: done','tx-EL12345-b-70d06fa3-1','200','0af7651916cd43dd8448eb211c80319c',312);
INSERT INTO history VALUES(59,8,1793707582000,'epayment','Query','Query: Authorized, authorized 50000, captured 0, cancelled 0, refunded 0','tx-EL12345-b-70d06fa3-1','200','0af7651916cd43dd8448eb211c80319c',312);
INSERT INTO history VALUES(6,2,1793707233000,'epayment','Create','Create 345.00 NOK to +47 •••• ••67: not sent, no network','tx-EL12345-2-00c87339-1',NULL,NULL,NULL);
INSERT INTO history VALUES(60,9,1793707591000,'meter','fare','345.00 NOK for trip meter-7/9/2026-11-03T11:31:00+01:00',NULL,NULL,NULL,NULL);
INSERT INTO history VALUES(61,9,1793707591000,'agent','decided','request of 345.00 NOK is made','tx-EL12345-9-ef9c0b54-1',NULL,NULL,NULL);
INSERT INTO history VALUES(62,9,1793707591000,'epayment','Create','Create 345.00 NOK to +47 •••• ••67: done','tx-EL12345-9-ef9c0b54-1','200','0af7651916cd43dd8448eb211c80319c',312);
INSERT INTO history VALUES(63,9,1793707612000,'agent','decided','request is over: Aborted','tx-EL12345-9-ef9c0b54-1',NULL,NULL,NULL);
INSERT INTO history VALUES(64,9,1793707612000,'agent','decided','UNPAID: nothing can be approved any more, 345.00 NOK is left to collect','tx-EL12345-9-ef9c0b54-1',NULL,NULL,NULL);
INSERT INTO history VALUES(65,9,1793707612000,'epayment','Query','Query: Aborted, authorized 0, captured 0, cancelled 0, refunded 0','tx-EL12345-9-ef9c0b54-1','200','0af7651916cd43dd8448eb211c80319c',312);
INSERT INTO history VALUES(66,10,1793707651000,'meter','fare','345.00 NOK for trip meter-7/10/2026-11-03T11:31:00+01:00',NULL,NULL,NULL,NULL);
INSERT INTO history VALUES(67,10,1793707651000,'agent','decided','request of 345.00 NOK is made','tx-EL12345-10-1b0ea447-1',NULL,NULL,NULL);
INSERT INTO history VALUES(68,10,1793707651000,'epayment','Create','Create 345.00 NOK to +47 •••• ••67: done','tx-EL12345-10-1b0ea447-1','200','0af7651916cd43dd8448eb211c80319c',312);
INSERT INTO history VALUES(69,10,1793707672000,'agent','alarm','Impossible: tx-EL12345-10-1b0ea447-1: authorized 34500, captured 34501, cancelled 0, refunded 0 cannot be',NULL,NULL,NULL,NULL);
INSERT INTO history VALUES(7,2,1793707237000,'epayment','Create','Create 345.00 NOK to +47 •••• ••67: not sent, no network (2 times)','tx-EL12345-2-00c87339-1',NULL,NULL,NULL);
INSERT INTO history VALUES(70,10,1793707672000,'epayment','Query','Query: Authorized, authorized 34500, captured 34501, cancelled 0, refunded 0','tx-EL12345-10-1b0ea447-1','200','0af7651916cd43dd8448eb211c80319c',312);
INSERT INTO history VALUES(71,11,1793707681000,'meter','void','trip meter-7/11/2026-11-03T11:31:00+01:00',NULL,NULL,NULL,NULL);
INSERT INTO history VALUES(72,11,1793707681000,'agent','decided','settled by VOID: nothing new is captured',NULL,NULL,NULL,NULL);
INSERT INTO history VALUES(73,2,1793707711000,'epayment','Create','Create 345.00 NOK to +47 •••• ••67: not sent, no network (32 times)','tx-EL12345-2-00c87339-1',NULL,NULL,NULL);
INSERT INTO history VALUES(74,12,1793707711000,'meter','fare','345.00 NOK for trip meter-7/12/2026-11-03T11:31:00+01:00',NULL,NULL,NULL,NULL);
INSERT INTO history VALUES(75,12,1793707711000,'agent','decided','request of 345.00 NOK is made','tx-EL12345-12-1d7eb107-1',NULL,NULL,NULL);
INSERT INTO history VALUES(76,12,1793707711000,'epayment','Create','Create 345.00 NOK to +47 •••• ••67: done','tx-EL12345-12-1d7eb107-1','200','0af7651916cd43dd8448eb211c80319c',312);
INSERT INTO history VALUES(77,12,1793707732000,'epayment','Query','Query: Authorized, authorized 34500, captured 0, cancelled 0, refunded 0','tx-EL12345-12-1d7eb107-1','200','0af7651916cd43dd8448eb211c80319c',312);
INSERT INTO history VALUES(78,12,1793707732000,'epayment','PostReceipt','PostReceipt 345.00 NOK: outcome unknown, the connection broke','tx-EL12345-12-1d7eb107-1',NULL,NULL,NULL);
INSERT INTO history VALUES(79,12,1793707732000,'agent','decided','capture of 345.00 NOK begins','tx-EL12345-12-1d7eb107-1',NULL,NULL,NULL);
INSERT INTO history VALUES(8,3,1793707261000,'meter','fare','345.00 NOK for trip meter-7/3/2026-11-03T11:31:00+01:00',NULL,NULL,NULL,NULL);
INSERT INTO history VALUES(80,12,1793707732000,'epayment','Capture','Capture 345.00 NOK: Authorized, authorized 34500, captured 34500, cancelled 0, refunded 0','tx-EL12345-12-1d7eb107-1','200','0af7651916cd43dd8448eb211c80319c',312);
INSERT INTO history VALUES(81,12,1793707732000,'agent','decided','PAID: captured and checked, 345.00 NOK','tx-EL12345-12-1d7eb107-1',NULL,NULL,NULL);
INSERT INTO history VALUES(82,12,1793707734000,'epayment','PostReceipt','PostReceipt 345.00 NOK: outcome unknown, the connection broke (2 times)','tx-EL12345-12-1d7eb107-1',NULL,NULL,NULL);
INSERT INTO history VALUES(83,12,1793707734000,'agent','alarm','ReceiptRefused: tx-EL12345-12-1d7eb107-1: not posted yet',NULL,NULL,NULL,NULL);
INSERT INTO history VALUES(84,12,1793707736000,'epayment','PostReceipt','PostReceipt 345.00 NOK: outcome unknown, the connection broke (4 times)','tx-EL12345-12-1d7eb107-1',NULL,NULL,NULL);
INSERT INTO history VALUES(85,13,1793707741000,'meter','fare','345.00 NOK for trip meter-7/13/2026-11-03T11:31:00+01:00',NULL,NULL,NULL,NULL);
INSERT INTO history VALUES(86,13,1793707741000,'agent','decided','request of 345.00 NOK is made','tx-EL12345-13-4612346a-1',NULL,NULL,NULL);
INSERT INTO history VALUES(87,13,1793707741000,'epayment','Create','Create 345.00 NOK to +47 •••• ••67: not sent, no network','tx-EL12345-13-4612346a-1',NULL,NULL,NULL);
INSERT INTO history VALUES(88,3,1793707742000,'epayment','Query','Query: not sent, no network','tx-EL12345-3-58f6ff71-1',NULL,NULL,NULL);
INSERT INTO history VALUES(89,13,1793707743000,'epayment','Create','Create 345.00 NOK to +47 •••• ••67: not sent, no network (2 times)','tx-EL12345-13-4612346a-1',NULL,NULL,NULL);
INSERT INTO history VALUES(9,3,1793707261000,'agent','decided','request of 345.00 NOK is made','tx-EL12345-3-58f6ff71-1',NULL,NULL,NULL);
INSERT INTO history VALUES(90,3,1793707744000,'epayment','Query','Query: not sent, no network (2 times)','tx-EL12345-3-58f6ff71-1',NULL,NULL,NULL);
INSERT INTO history VALUES(91,13,1793707755000,'epayment','Create','Create 345.00 NOK to +47 •••• ••67: not sent, no network (4 times)','tx-EL12345-13-4612346a-1',NULL,NULL,NULL);
INSERT INTO history VALUES(92,3,1793707756000,'epayment','Query','Query: not sent, no network (4 times)','tx-EL12345-3-58f6ff71-1',NULL,NULL,NULL);
CREATE TABLE identities (
  id BLOB PRIMARY KEY CHECK (length(id) = 16),
  trip_key INTEGER NOT NULL,
  content INTEGER NOT NULL
) WITHOUT ROWID;
INSERT INTO identities VALUES(X'00C87339A0BC8FB2C9AD76605E6A2537',2,-5768289986489280937);
INSERT INTO identities VALUES(X'1B0EA447D44BDA644B7A52046CD4EAFA',10,-5768289986489280937);
INSERT INTO identities VALUES(X'1D7EB10739846212B0583C928151165B',12,-5768289986489280937);
INSERT INTO identities VALUES(X'4612346A9A4F46890D58879B36C9020C',13,-5768289986489280937);
INSERT INTO identities VALUES(X'58F6FF716D9DE783B9065F2128E3A51D',3,-5768289986489280937);
INSERT INTO identities VALUES(X'5D370D35CF7B5A07F798BBFA312839AE',1,-5768289986489280937);
INSERT INTO identities VALUES(X'70D06FA308BF9ECDA8A71DB7646F3BFD',8,2801632279132495423);
INSERT INTO identities VALUES(X'7E0CC06BEC4D5A32250176170443D245',5,-5768289986489280937);
INSERT INTO identities VALUES(X'88FB9212356E4192D47FEDFE688D2C1E',7,-5768289986489280937);
INSERT INTO identities VALUES(X'A27BE3F3B1F6D99FF23314FEF2377231',6,-5768289986489280937);
INSERT INTO identities VALUES(X'A2BB3EE1936D095EE224F5F6E8143B55',11,0);
INSERT INTO identities VALUES(X'B6A793342B5D3A7E905F4D4C8B12D56D',4,-5768289986489280937);
INSERT INTO identities VALUES(X'EF9C0B540F5856AB15077A6D787E39C8',9,-5768289986489280937);
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
INSERT INTO operations VALUES(1,'a0000000002-1',2,'Create','tx-EL12345-2-00c87339-1','https://apitest.vipps.no','123456',34500,'NOK','4791234567',0,1793707231000,X'7B22616D6F756E74223A7B2263757272656E6379223A224E4F4B222C2276616C7565223A33343530307D2C227061796D656E744D6574686F64223A7B2274797065223A2257414C4C4554227D2C22637573746F6D6572223A7B2270686F6E654E756D626572223A2234373931323334353637227D2C22637573746F6D6572496E746572616374696F6E223A22435553544F4D45525F50524553454E54222C2275736572466C6F77223A22505553485F4D455353414745222C227265666572656E6365223A2274782D454C31323334352D322D30306338373333392D31222C227061796D656E744465736372697074696F6E223A225461786920454C31323334352C2032222C226D65746164617461223A7B22636172223A22454C3132333435222C2274726970223A226D657465722D372F322F323032362D31312D30335431313A33313A30305C753030324230313A3030227D7D');
INSERT INTO operations VALUES(2,'a0000000048-1',4,'Capture','tx-EL12345-4-b6a79334-1','https://apitest.vipps.no','123456',34500,'NOK',NULL,0,1793707312000,X'7B226D6F64696669636174696F6E416D6F756E74223A7B2263757272656E6379223A224E4F4B222C2276616C7565223A33343530307D7D');
INSERT INTO operations VALUES(3,'a0000000617-1',13,'Create','tx-EL12345-13-4612346a-1','https://apitest.vipps.no','123456',34500,'NOK','4791234567',0,1793707741000,X'7B22616D6F756E74223A7B2263757272656E6379223A224E4F4B222C2276616C7565223A33343530307D2C227061796D656E744D6574686F64223A7B2274797065223A2257414C4C4554227D2C22637573746F6D6572223A7B2270686F6E654E756D626572223A2234373931323334353637227D2C22637573746F6D6572496E746572616374696F6E223A22435553544F4D45525F50524553454E54222C2275736572466C6F77223A22505553485F4D455353414745222C227265666572656E6365223A2274782D454C31323334352D31332D34363132333436612D31222C227061796D656E744465736372697074696F6E223A225461786920454C31323334352C203133222C226D65746164617461223A7B22636172223A22454C3132333435222C2274726970223A226D657465722D372F31332F323032362D31312D30335431313A33313A30305C753030324230313A3030227D7D');
CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
INSERT INTO settings VALUES('meter-first-time','2026-10-04T12:00:00.0000000+00:00');
INSERT INTO settings VALUES('meter-newest-time','2026-11-03T12:00:00.0000000+01:00');
INSERT INTO settings VALUES('shown-trip','13');
CREATE TABLE timers (
  trip_key INTEGER NOT NULL REFERENCES trips (key) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  reference TEXT NOT NULL,    -- '' for a timer of the trip itself
  set_at INTEGER NOT NULL,
  after INTEGER NOT NULL,     -- milliseconds
  PRIMARY KEY (trip_key, kind, reference)
) WITHOUT ROWID;
INSERT INTO timers VALUES(13,'OfflineTooLong','',1793707741000,900000);
INSERT INTO timers VALUES(2,'Certain','tx-EL12345-2-00c87339-1',1793707231000,660000);
INSERT INTO timers VALUES(2,'OfflineTooLong','',1793707231000,900000);
INSERT INTO timers VALUES(4,'Certain','tx-EL12345-4-b6a79334-1',1793707312000,660000);
INSERT INTO timers VALUES(8,'NoShow','',1793707561000,14400000);
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
INSERT INTO trips VALUES(1,'meter-7','1','2026-11-03T11:31:00+01:00',NULL,0,1,0,0,1793707201000,1793707201000,1793707201000,'{"trip":{"meter":"meter-7","trip":"1","start":"2026-11-03T11:31:00+01:00"},"fare":{"total":"34500 NOK","fareAmount":"31000 NOK","supplements":"2500 NOK","tip":"1000 NOK","vat":1200,"supplementsVat":1200,"finish":"2026-11-03T12:00:00+01:00","distance":12345,"tariff":"2","driver":"Åse"}}');
INSERT INTO trips VALUES(10,'meter-7','10','2026-11-03T11:31:00+01:00',NULL,0,0,1,1,1793707651000,1793707672000,1793707672000,'{"trip":{"meter":"meter-7","trip":"10","start":"2026-11-03T11:31:00+01:00"},"fare":{"total":"34500 NOK","fareAmount":"31000 NOK","supplements":"2500 NOK","tip":"1000 NOK","vat":1200,"supplementsVat":1200,"finish":"2026-11-03T12:00:00+01:00","distance":12345,"tariff":"2","driver":"Åse","phone":"4791234567"},"phone":"4791234567","attempts":[{"kind":"Request","number":1,"reference":"tx-EL12345-10-1b0ea447-1","baseUrl":"https://apitest.vipps.no","msn":"123456","amount":"34500 NOK","phone":"4791234567","existence":"Exists","expiresAt":"2026-11-03T12:17:31+00:00","state":"Authorized","authorized":34500,"captured":34501}],"stopped":"tx-EL12345-10-1b0ea447-1: authorized 34500, captured 34501, cancelled 0, refunded 0 cannot be"}');
INSERT INTO trips VALUES(11,'meter-7','11','2026-11-03T11:31:00+01:00',NULL,0,0,0,0,1793707681000,1793707681000,1793707681000,'{"trip":{"meter":"meter-7","trip":"11","start":"2026-11-03T11:31:00+01:00"},"settled":"Void"}');
INSERT INTO trips VALUES(12,'meter-7','12','2026-11-03T11:31:00+01:00',NULL,1,0,0,1,1793707711000,1793707740000,NULL,'{"trip":{"meter":"meter-7","trip":"12","start":"2026-11-03T11:31:00+01:00"},"fare":{"total":"34500 NOK","fareAmount":"31000 NOK","supplements":"2500 NOK","tip":"1000 NOK","vat":1200,"supplementsVat":1200,"finish":"2026-11-03T12:00:00+01:00","distance":12345,"tariff":"2","driver":"Åse","phone":"4791234567"},"phone":"4791234567","attempts":[{"kind":"Request","number":1,"reference":"tx-EL12345-12-1d7eb107-1","baseUrl":"https://apitest.vipps.no","msn":"123456","amount":"34500 NOK","phone":"4791234567","existence":"Exists","expiresAt":"2026-11-03T12:18:31+00:00","state":"Authorized","authorized":34500,"captured":34500,"toldPaid":true,"receipt":"Due","receiptFailures":6}],"word":{"number":1,"kind":"Paid","reference":"tx-EL12345-12-1d7eb107-1","amount":34500}}');
INSERT INTO trips VALUES(13,'meter-7','13','2026-11-03T11:31:00+01:00',NULL,1,1,0,1,1793707741000,1793707741000,NULL,'{"trip":{"meter":"meter-7","trip":"13","start":"2026-11-03T11:31:00+01:00"},"fare":{"total":"34500 NOK","fareAmount":"31000 NOK","supplements":"2500 NOK","tip":"1000 NOK","vat":1200,"supplementsVat":1200,"finish":"2026-11-03T12:00:00+01:00","distance":12345,"tariff":"2","driver":"Åse","phone":"4791234567"},"phone":"4791234567","attempts":[{"kind":"Request","number":1,"reference":"tx-EL12345-13-4612346a-1","baseUrl":"https://apitest.vipps.no","msn":"123456","amount":"34500 NOK","phone":"4791234567","createId":"a0000000617-1","expiresAt":"2026-11-03T12:19:01+00:00"}]}');
INSERT INTO trips VALUES(2,'meter-7','2','2026-11-03T11:31:00+01:00',NULL,1,1,0,1,1793707231000,1793707231000,NULL,'{"trip":{"meter":"meter-7","trip":"2","start":"2026-11-03T11:31:00+01:00"},"fare":{"total":"34500 NOK","fareAmount":"31000 NOK","supplements":"2500 NOK","tip":"1000 NOK","vat":1200,"supplementsVat":1200,"finish":"2026-11-03T12:00:00+01:00","distance":12345,"tariff":"2","driver":"Åse","phone":"4791234567"},"phone":"4791234567","attempts":[{"kind":"Request","number":1,"reference":"tx-EL12345-2-00c87339-1","baseUrl":"https://apitest.vipps.no","msn":"123456","amount":"34500 NOK","phone":"4791234567","existence":"Uncertain","createId":"a0000000002-1","certainAt":"2026-11-03T12:11:31+00:00","expiresAt":"2026-11-03T12:10:31+00:00"}]}');
INSERT INTO trips VALUES(3,'meter-7','3','2026-11-03T11:31:00+01:00',NULL,1,1,0,1,1793707261000,1793707261000,NULL,'{"trip":{"meter":"meter-7","trip":"3","start":"2026-11-03T11:31:00+01:00"},"fare":{"total":"34500 NOK","fareAmount":"31000 NOK","supplements":"2500 NOK","tip":"1000 NOK","vat":1200,"supplementsVat":1200,"finish":"2026-11-03T12:00:00+01:00","distance":12345,"tariff":"2","driver":"Åse","phone":"4791234567"},"phone":"4791234567","attempts":[{"kind":"Request","number":1,"reference":"tx-EL12345-3-58f6ff71-1","baseUrl":"https://apitest.vipps.no","msn":"123456","amount":"34500 NOK","phone":"4791234567","existence":"Exists","expiresAt":"2026-11-03T12:11:01+00:00","state":"Created"}]}');
INSERT INTO trips VALUES(4,'meter-7','4','2026-11-03T11:31:00+01:00',NULL,1,1,0,1,1793707291000,1793707312000,NULL,'{"trip":{"meter":"meter-7","trip":"4","start":"2026-11-03T11:31:00+01:00"},"fare":{"total":"34500 NOK","fareAmount":"31000 NOK","supplements":"2500 NOK","tip":"1000 NOK","vat":1200,"supplementsVat":1200,"finish":"2026-11-03T12:00:00+01:00","distance":12345,"tariff":"2","driver":"Åse","phone":"4791234567"},"phone":"4791234567","attempts":[{"kind":"Request","number":1,"reference":"tx-EL12345-4-b6a79334-1","baseUrl":"https://apitest.vipps.no","msn":"123456","amount":"34500 NOK","phone":"4791234567","existence":"Exists","certainAt":"2026-11-03T12:12:52+00:00","expiresAt":"2026-11-03T12:11:31+00:00","state":"Authorized","authorized":34500,"capture":{"id":"a0000000048-1","amount":34500,"unknown":true},"receipt":"Posted"}]}');
INSERT INTO trips VALUES(5,'meter-7','5','2026-11-03T11:31:00+01:00',NULL,0,0,0,1,1793707321000,1793707401000,1793707401000,'{"trip":{"meter":"meter-7","trip":"5","start":"2026-11-03T11:31:00+01:00"},"fare":{"total":"34500 NOK","fareAmount":"31000 NOK","supplements":"2500 NOK","tip":"1000 NOK","vat":1200,"supplementsVat":1200,"finish":"2026-11-03T12:00:00+01:00","distance":12345,"tariff":"2","driver":"Åse","phone":"4791234567"},"phone":"4791234567","attempts":[{"kind":"Request","number":1,"reference":"tx-EL12345-5-7e0cc06b-1","baseUrl":"https://apitest.vipps.no","msn":"123456","amount":"34500 NOK","phone":"4791234567","existence":"Exists","expiresAt":"2026-11-03T12:12:01+00:00","state":"Authorized","authorized":34500,"captured":34500,"toldPaid":true,"receipt":"Posted"}],"word":{"number":1,"kind":"Paid","reference":"tx-EL12345-5-7e0cc06b-1","amount":34500,"acknowledged":true}}');
INSERT INTO trips VALUES(6,'meter-7','6','2026-11-03T11:31:00+01:00',NULL,0,0,0,1,1793707411000,1793707521000,1793707521000,'{"trip":{"meter":"meter-7","trip":"6","start":"2026-11-03T11:31:00+01:00"},"fare":{"total":"34500 NOK","fareAmount":"31000 NOK","supplements":"2500 NOK","tip":"1000 NOK","vat":1200,"supplementsVat":1200,"finish":"2026-11-03T12:00:00+01:00","distance":12345,"tariff":"2","driver":"Åse","phone":"4791234567"},"phone":"4791234567","attempts":[{"kind":"Request","number":1,"reference":"tx-EL12345-6-a27be3f3-1","baseUrl":"https://apitest.vipps.no","msn":"123456","amount":"34500 NOK","phone":"4791234567","existence":"Exists","expiresAt":"2026-11-03T12:13:31+00:00","state":"Authorized","authorized":34500,"captured":34500,"refunded":34500,"toldPaid":true,"receipt":"Posted"}],"word":{"number":2,"kind":"Refunded","reference":"tx-EL12345-6-a27be3f3-1","amount":34500,"acknowledged":true},"refundTarget":34500}');
INSERT INTO trips VALUES(7,'meter-7','7','2026-11-03T11:31:00+01:00',NULL,0,0,0,1,1793707531000,1793707551000,1793707551000,'{"trip":{"meter":"meter-7","trip":"7","start":"2026-11-03T11:31:00+01:00"},"fare":{"total":"34500 NOK","fareAmount":"31000 NOK","supplements":"2500 NOK","tip":"1000 NOK","vat":1200,"supplementsVat":1200,"finish":"2026-11-03T12:00:00+01:00","distance":12345,"tariff":"2","driver":"Åse","phone":"4791234567"},"phone":"4791234567","settled":"Void","attempts":[{"kind":"Request","number":1,"reference":"tx-EL12345-7-88fb9212-1","baseUrl":"https://apitest.vipps.no","msn":"123456","amount":"34500 NOK","phone":"4791234567","existence":"Exists","expiresAt":"2026-11-03T12:15:31+00:00","state":"Terminated","undo":true,"ending":"Cancelled"}]}');
INSERT INTO trips VALUES(8,NULL,NULL,NULL,'B-1',1,0,0,1,1793707561000,1793707582000,NULL,'{"booking":{"id":"B-1","phone":"4791234567","currency":"NOK","maximum":"50000 NOK"},"phone":"4791234567","attempts":[{"kind":"Reservation","number":1,"reference":"tx-EL12345-b-70d06fa3-1","baseUrl":"https://apitest.vipps.no","msn":"123456","amount":"50000 NOK","phone":"4791234567","existence":"Exists","expiresAt":"2026-11-03T12:16:01+00:00","state":"Authorized","authorized":50000}]}');
INSERT INTO trips VALUES(9,'meter-7','9','2026-11-03T11:31:00+01:00',NULL,0,1,0,1,1793707591000,1793707641000,1793707641000,'{"trip":{"meter":"meter-7","trip":"9","start":"2026-11-03T11:31:00+01:00"},"fare":{"total":"34500 NOK","fareAmount":"31000 NOK","supplements":"2500 NOK","tip":"1000 NOK","vat":1200,"supplementsVat":1200,"finish":"2026-11-03T12:00:00+01:00","distance":12345,"tariff":"2","driver":"Åse","phone":"4791234567"},"phone":"4791234567","attempts":[{"kind":"Request","number":1,"reference":"tx-EL12345-9-ef9c0b54-1","baseUrl":"https://apitest.vipps.no","msn":"123456","amount":"34500 NOK","phone":"4791234567","existence":"Exists","expiresAt":"2026-11-03T12:16:31+00:00","state":"Aborted","undo":true,"ending":"Aborted"}],"word":{"number":1,"kind":"Unpaid","reference":"tx-EL12345-9-ef9c0b54-1","due":34500,"reason":"Aborted","acknowledged":true}}');
CREATE INDEX history_by_time ON history (at);
CREATE INDEX history_by_trip ON history (trip_key, id);
CREATE TRIGGER history_is_append_only BEFORE UPDATE ON history BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE INDEX operations_by_trip ON operations (trip_key);
CREATE INDEX trips_by_booking ON trips (booking) WHERE booking IS NOT NULL;
CREATE INDEX trips_by_created ON trips (created_at);
CREATE INDEX trips_by_number ON trips (trip, meter, start) WHERE trip IS NOT NULL;
CREATE INDEX trips_closed ON trips (closed_at) WHERE closed_at IS NOT NULL;
CREATE INDEX trips_failed ON trips (failed) WHERE failed = 1;
CREATE INDEX trips_open ON trips (open) WHERE open = 1;
CREATE INDEX trips_to_wipe ON trips (closed_at) WHERE phones = 1 AND closed_at IS NOT NULL;
CREATE INDEX trips_unpaid ON trips (unpaid) WHERE unpaid = 1;
COMMIT;
