-- An outbox of schema version 1 with a trip in every standing, as the agent of that version wrote it (FixtureTests). Never to be written anew: cars have such files.
PRAGMA application_id=1415073025;
PRAGMA user_version=1;
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
INSERT INTO history VALUES(10,4,1793707291000,'meter','fare','345.00 NOK for trip meter-7/4/2026-11-03T11:31:00+01:00',NULL,NULL,NULL,NULL);
INSERT INTO history VALUES(100,6,1793707432000,'epayment','Capture','Capture 345.00 NOK: Authorized, authorized 34500, captured 34500, cancelled 0, refunded 0','tx-EL12345-6-a27be3f3-1','200','0af7651916cd43dd8448eb211c80319c',312);
INSERT INTO history VALUES(101,4,1793707432000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(102,4,1793707434000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(103,4,1793707436000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(104,4,1793707438000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(105,4,1793707440000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(106,4,1793707442000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(107,4,1793707444000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(108,4,1793707446000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(109,4,1793707448000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(11,4,1793707291000,'epayment','Create','Create 345.00 NOK to +47 •••• ••67: done','tx-EL12345-4-b6a79334-1','200','0af7651916cd43dd8448eb211c80319c',312);
INSERT INTO history VALUES(110,4,1793707450000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(111,4,1793707452000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(112,4,1793707454000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(113,4,1793707456000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(114,4,1793707458000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(115,4,1793707460000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(116,4,1793707462000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(117,4,1793707464000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(118,4,1793707466000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(119,4,1793707468000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(12,2,1793707293000,'epayment','Create','Create 345.00 NOK to +47 •••• ••67: not sent, no network','tx-EL12345-2-00c87339-1',NULL,NULL,NULL);
INSERT INTO history VALUES(120,4,1793707470000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(121,2,1793707471000,'epayment','Create','Create 345.00 NOK to +47 •••• ••67: not sent, no network','tx-EL12345-2-00c87339-1',NULL,NULL,NULL);
INSERT INTO history VALUES(122,4,1793707472000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(123,2,1793707473000,'epayment','Create','Create 345.00 NOK to +47 •••• ••67: not sent, no network','tx-EL12345-2-00c87339-1',NULL,NULL,NULL);
INSERT INTO history VALUES(124,4,1793707474000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(125,4,1793707476000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(126,2,1793707477000,'epayment','Create','Create 345.00 NOK to +47 •••• ••67: not sent, no network','tx-EL12345-2-00c87339-1',NULL,NULL,NULL);
INSERT INTO history VALUES(127,4,1793707478000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(128,4,1793707480000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(129,4,1793707482000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(13,2,1793707297000,'epayment','Create','Create 345.00 NOK to +47 •••• ••67: not sent, no network','tx-EL12345-2-00c87339-1',NULL,NULL,NULL);
INSERT INTO history VALUES(130,4,1793707484000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(131,2,1793707485000,'epayment','Create','Create 345.00 NOK to +47 •••• ••67: not sent, no network','tx-EL12345-2-00c87339-1',NULL,NULL,NULL);
INSERT INTO history VALUES(132,4,1793707486000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(133,4,1793707488000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(134,4,1793707490000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(135,6,1793707491000,'epayment','Refund','Refund 345.00 NOK: Authorized, authorized 34500, captured 34500, cancelled 0, refunded 34500','tx-EL12345-6-a27be3f3-1','200','0af7651916cd43dd8448eb211c80319c',312);
INSERT INTO history VALUES(136,4,1793707491000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(137,4,1793707492000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(138,4,1793707494000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(139,4,1793707496000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(14,2,1793707305000,'epayment','Create','Create 345.00 NOK to +47 •••• ••67: not sent, no network','tx-EL12345-2-00c87339-1',NULL,NULL,NULL);
INSERT INTO history VALUES(140,4,1793707498000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(141,4,1793707500000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(142,4,1793707502000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(143,4,1793707504000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(144,4,1793707506000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(145,4,1793707508000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(146,4,1793707510000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(147,4,1793707512000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(148,4,1793707514000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(149,4,1793707516000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(15,4,1793707312000,'epayment','Query','Query: Authorized, authorized 34500, captured 0, cancelled 0, refunded 0','tx-EL12345-4-b6a79334-1','200','0af7651916cd43dd8448eb211c80319c',312);
INSERT INTO history VALUES(150,4,1793707518000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(151,4,1793707520000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(152,4,1793707522000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(153,4,1793707524000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(154,4,1793707526000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(155,4,1793707528000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(156,4,1793707530000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(157,2,1793707531000,'epayment','Create','Create 345.00 NOK to +47 •••• ••67: not sent, no network','tx-EL12345-2-00c87339-1',NULL,NULL,NULL);
INSERT INTO history VALUES(158,7,1793707531000,'meter','fare','345.00 NOK for trip meter-7/7/2026-11-03T11:31:00+01:00',NULL,NULL,NULL,NULL);
INSERT INTO history VALUES(159,7,1793707531000,'epayment','Create','Create 345.00 NOK to +47 •••• ••67: done','tx-EL12345-7-88fb9212-1','200','0af7651916cd43dd8448eb211c80319c',312);
INSERT INTO history VALUES(16,4,1793707312000,'epayment','PostReceipt','PostReceipt 345.00 NOK: done','tx-EL12345-4-b6a79334-1','200','0af7651916cd43dd8448eb211c80319c',312);
INSERT INTO history VALUES(160,4,1793707531000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(161,4,1793707532000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(162,2,1793707533000,'epayment','Create','Create 345.00 NOK to +47 •••• ••67: not sent, no network','tx-EL12345-2-00c87339-1',NULL,NULL,NULL);
INSERT INTO history VALUES(163,4,1793707534000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(164,4,1793707536000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(165,2,1793707537000,'epayment','Create','Create 345.00 NOK to +47 •••• ••67: not sent, no network','tx-EL12345-2-00c87339-1',NULL,NULL,NULL);
INSERT INTO history VALUES(166,4,1793707538000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(167,4,1793707540000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(168,4,1793707542000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(169,4,1793707544000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(17,4,1793707312000,'epayment','Capture','Capture 345.00 NOK: outcome unknown, the connection broke','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(170,2,1793707545000,'epayment','Create','Create 345.00 NOK to +47 •••• ••67: not sent, no network','tx-EL12345-2-00c87339-1',NULL,NULL,NULL);
INSERT INTO history VALUES(171,4,1793707546000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(172,4,1793707548000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(173,4,1793707550000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(174,7,1793707551000,'meter','void','trip meter-7/7/2026-11-03T11:31:00+01:00',NULL,NULL,NULL,NULL);
INSERT INTO history VALUES(175,7,1793707551000,'epayment','CancelUnapproved','CancelUnapproved: Terminated, authorized 0, captured 0, cancelled 34500, refunded 0','tx-EL12345-7-88fb9212-1','200','0af7651916cd43dd8448eb211c80319c',312);
INSERT INTO history VALUES(176,4,1793707551000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(177,4,1793707552000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(178,4,1793707554000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(179,4,1793707556000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(18,4,1793707314000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(180,4,1793707558000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(181,4,1793707560000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(182,8,1793707561000,'meter','booking','booking B-1 for +47 •••• ••67, at most 500.00 NOK',NULL,NULL,NULL,NULL);
INSERT INTO history VALUES(183,8,1793707561000,'epayment','Create','Create 500.00 NOK to +47 •••• ••67: done','tx-EL12345-b-70d06fa3-1','200','0af7651916cd43dd8448eb211c80319c',312);
INSERT INTO history VALUES(184,4,1793707561000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(185,4,1793707562000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(186,4,1793707564000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(187,4,1793707566000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(188,4,1793707568000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(189,4,1793707570000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(19,4,1793707316000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(190,4,1793707572000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(191,4,1793707574000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(192,4,1793707576000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(193,4,1793707578000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(194,4,1793707580000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(195,8,1793707582000,'epayment','Query','Query: Authorized, authorized 50000, captured 0, cancelled 0, refunded 0','tx-EL12345-b-70d06fa3-1','200','0af7651916cd43dd8448eb211c80319c',312);
INSERT INTO history VALUES(196,4,1793707582000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(197,4,1793707584000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(198,4,1793707586000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(199,4,1793707588000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(2,2,1793707231000,'meter','fare','345.00 NOK for trip meter-7/2/2026-11-03T11:31:00+01:00',NULL,NULL,NULL,NULL);
INSERT INTO history VALUES(20,4,1793707318000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(200,4,1793707590000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(201,2,1793707591000,'epayment','Create','Create 345.00 NOK to +47 •••• ••67: not sent, no network','tx-EL12345-2-00c87339-1',NULL,NULL,NULL);
INSERT INTO history VALUES(202,9,1793707591000,'meter','fare','345.00 NOK for trip meter-7/9/2026-11-03T11:31:00+01:00',NULL,NULL,NULL,NULL);
INSERT INTO history VALUES(203,9,1793707591000,'epayment','Create','Create 345.00 NOK to +47 •••• ••67: done','tx-EL12345-9-ef9c0b54-1','200','0af7651916cd43dd8448eb211c80319c',312);
INSERT INTO history VALUES(204,4,1793707591000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(205,4,1793707592000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(206,2,1793707593000,'epayment','Create','Create 345.00 NOK to +47 •••• ••67: not sent, no network','tx-EL12345-2-00c87339-1',NULL,NULL,NULL);
INSERT INTO history VALUES(207,4,1793707594000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(208,4,1793707596000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(209,2,1793707597000,'epayment','Create','Create 345.00 NOK to +47 •••• ••67: not sent, no network','tx-EL12345-2-00c87339-1',NULL,NULL,NULL);
INSERT INTO history VALUES(21,4,1793707320000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(210,4,1793707598000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(211,4,1793707600000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(212,4,1793707602000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(213,4,1793707604000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(214,2,1793707605000,'epayment','Create','Create 345.00 NOK to +47 •••• ••67: not sent, no network','tx-EL12345-2-00c87339-1',NULL,NULL,NULL);
INSERT INTO history VALUES(215,4,1793707606000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(216,4,1793707608000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(217,4,1793707610000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(218,9,1793707612000,'epayment','Query','Query: Aborted, authorized 0, captured 0, cancelled 0, refunded 0','tx-EL12345-9-ef9c0b54-1','200','0af7651916cd43dd8448eb211c80319c',312);
INSERT INTO history VALUES(219,4,1793707612000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(22,5,1793707321000,'meter','fare','345.00 NOK for trip meter-7/5/2026-11-03T11:31:00+01:00',NULL,NULL,NULL,NULL);
INSERT INTO history VALUES(220,4,1793707614000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(221,4,1793707616000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(222,4,1793707618000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(223,4,1793707620000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(224,4,1793707622000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(225,4,1793707624000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(226,4,1793707626000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(227,4,1793707628000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(228,4,1793707630000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(229,4,1793707632000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(23,5,1793707321000,'epayment','Create','Create 345.00 NOK to +47 •••• ••67: done','tx-EL12345-5-7e0cc06b-1','200','0af7651916cd43dd8448eb211c80319c',312);
INSERT INTO history VALUES(230,4,1793707634000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(231,4,1793707636000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(232,4,1793707638000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(233,4,1793707640000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(234,4,1793707642000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(235,4,1793707644000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(236,4,1793707646000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(237,4,1793707648000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(238,4,1793707650000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(239,2,1793707651000,'epayment','Create','Create 345.00 NOK to +47 •••• ••67: not sent, no network','tx-EL12345-2-00c87339-1',NULL,NULL,NULL);
INSERT INTO history VALUES(24,4,1793707321000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(240,10,1793707651000,'meter','fare','345.00 NOK for trip meter-7/10/2026-11-03T11:31:00+01:00',NULL,NULL,NULL,NULL);
INSERT INTO history VALUES(241,10,1793707651000,'epayment','Create','Create 345.00 NOK to +47 •••• ••67: done','tx-EL12345-10-1b0ea447-1','200','0af7651916cd43dd8448eb211c80319c',312);
INSERT INTO history VALUES(242,4,1793707651000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(243,4,1793707652000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(244,2,1793707653000,'epayment','Create','Create 345.00 NOK to +47 •••• ••67: not sent, no network','tx-EL12345-2-00c87339-1',NULL,NULL,NULL);
INSERT INTO history VALUES(245,4,1793707654000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(246,4,1793707656000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(247,2,1793707657000,'epayment','Create','Create 345.00 NOK to +47 •••• ••67: not sent, no network','tx-EL12345-2-00c87339-1',NULL,NULL,NULL);
INSERT INTO history VALUES(248,4,1793707658000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(249,4,1793707660000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(25,4,1793707322000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(250,4,1793707662000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(251,4,1793707664000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(252,2,1793707665000,'epayment','Create','Create 345.00 NOK to +47 •••• ••67: not sent, no network','tx-EL12345-2-00c87339-1',NULL,NULL,NULL);
INSERT INTO history VALUES(253,4,1793707666000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(254,4,1793707668000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(255,4,1793707670000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(256,10,1793707672000,'agent','alarm','Impossible: tx-EL12345-10-1b0ea447-1: authorized 34500, captured 34501, cancelled 0, refunded 0 cannot be',NULL,NULL,NULL,NULL);
INSERT INTO history VALUES(257,10,1793707672000,'epayment','Query','Query: Authorized, authorized 34500, captured 34501, cancelled 0, refunded 0','tx-EL12345-10-1b0ea447-1','200','0af7651916cd43dd8448eb211c80319c',312);
INSERT INTO history VALUES(258,4,1793707672000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(259,4,1793707674000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(26,4,1793707324000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(260,4,1793707676000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(261,4,1793707678000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(262,4,1793707680000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(263,11,1793707681000,'meter','void','trip meter-7/11/2026-11-03T11:31:00+01:00',NULL,NULL,NULL,NULL);
INSERT INTO history VALUES(264,4,1793707682000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(265,4,1793707684000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(266,4,1793707686000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(267,4,1793707688000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(268,4,1793707690000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(269,4,1793707692000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(27,4,1793707326000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(270,4,1793707694000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(271,4,1793707696000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(272,4,1793707698000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(273,4,1793707700000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(274,4,1793707702000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(275,4,1793707704000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(276,4,1793707706000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(277,4,1793707708000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(278,4,1793707710000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(279,2,1793707711000,'epayment','Create','Create 345.00 NOK to +47 •••• ••67: not sent, no network','tx-EL12345-2-00c87339-1',NULL,NULL,NULL);
INSERT INTO history VALUES(28,4,1793707328000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(280,12,1793707711000,'meter','fare','345.00 NOK for trip meter-7/12/2026-11-03T11:31:00+01:00',NULL,NULL,NULL,NULL);
INSERT INTO history VALUES(281,12,1793707711000,'epayment','Create','Create 345.00 NOK to +47 •••• ••67: done','tx-EL12345-12-1d7eb107-1','200','0af7651916cd43dd8448eb211c80319c',312);
INSERT INTO history VALUES(282,4,1793707711000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(283,4,1793707712000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(284,2,1793707713000,'epayment','Create','Create 345.00 NOK to +47 •••• ••67: not sent, no network','tx-EL12345-2-00c87339-1',NULL,NULL,NULL);
INSERT INTO history VALUES(285,4,1793707714000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(286,4,1793707716000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(287,2,1793707717000,'epayment','Create','Create 345.00 NOK to +47 •••• ••67: not sent, no network','tx-EL12345-2-00c87339-1',NULL,NULL,NULL);
INSERT INTO history VALUES(288,4,1793707718000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(289,4,1793707720000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(29,4,1793707330000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(290,4,1793707722000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(291,4,1793707724000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(292,2,1793707725000,'epayment','Create','Create 345.00 NOK to +47 •••• ••67: not sent, no network','tx-EL12345-2-00c87339-1',NULL,NULL,NULL);
INSERT INTO history VALUES(293,4,1793707726000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(294,4,1793707728000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(295,4,1793707730000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(296,12,1793707732000,'epayment','Query','Query: Authorized, authorized 34500, captured 0, cancelled 0, refunded 0','tx-EL12345-12-1d7eb107-1','200','0af7651916cd43dd8448eb211c80319c',312);
INSERT INTO history VALUES(297,4,1793707732000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(298,12,1793707732000,'epayment','PostReceipt','PostReceipt 345.00 NOK: outcome unknown, the connection broke','tx-EL12345-12-1d7eb107-1',NULL,NULL,NULL);
INSERT INTO history VALUES(299,12,1793707732000,'epayment','Capture','Capture 345.00 NOK: Authorized, authorized 34500, captured 34500, cancelled 0, refunded 0','tx-EL12345-12-1d7eb107-1','200','0af7651916cd43dd8448eb211c80319c',312);
INSERT INTO history VALUES(3,2,1793707231000,'epayment','Create','Create 345.00 NOK to +47 •••• ••67: outcome unknown, the connection broke','tx-EL12345-2-00c87339-1',NULL,NULL,NULL);
INSERT INTO history VALUES(30,4,1793707332000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(300,4,1793707732000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(301,12,1793707734000,'epayment','PostReceipt','PostReceipt 345.00 NOK: outcome unknown, the connection broke','tx-EL12345-12-1d7eb107-1',NULL,NULL,NULL);
INSERT INTO history VALUES(302,4,1793707734000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(303,12,1793707734000,'epayment','PostReceipt','PostReceipt 345.00 NOK: outcome unknown, the connection broke','tx-EL12345-12-1d7eb107-1',NULL,NULL,NULL);
INSERT INTO history VALUES(304,12,1793707734000,'agent','alarm','ReceiptRefused: tx-EL12345-12-1d7eb107-1: not posted yet',NULL,NULL,NULL,NULL);
INSERT INTO history VALUES(305,4,1793707736000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(306,12,1793707736000,'epayment','PostReceipt','PostReceipt 345.00 NOK: outcome unknown, the connection broke','tx-EL12345-12-1d7eb107-1',NULL,NULL,NULL);
INSERT INTO history VALUES(307,4,1793707738000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(308,12,1793707738000,'epayment','PostReceipt','PostReceipt 345.00 NOK: outcome unknown, the connection broke','tx-EL12345-12-1d7eb107-1',NULL,NULL,NULL);
INSERT INTO history VALUES(309,4,1793707740000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(31,4,1793707334000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(310,12,1793707740000,'epayment','PostReceipt','PostReceipt 345.00 NOK: outcome unknown, the connection broke','tx-EL12345-12-1d7eb107-1',NULL,NULL,NULL);
INSERT INTO history VALUES(311,13,1793707741000,'meter','fare','345.00 NOK for trip meter-7/13/2026-11-03T11:31:00+01:00',NULL,NULL,NULL,NULL);
INSERT INTO history VALUES(312,13,1793707741000,'epayment','Create','Create 345.00 NOK to +47 •••• ••67: not sent, no network','tx-EL12345-13-4612346a-1',NULL,NULL,NULL);
INSERT INTO history VALUES(313,3,1793707742000,'epayment','Query','Query: not sent, no network','tx-EL12345-3-58f6ff71-1',NULL,NULL,NULL);
INSERT INTO history VALUES(314,13,1793707743000,'epayment','Create','Create 345.00 NOK to +47 •••• ••67: not sent, no network','tx-EL12345-13-4612346a-1',NULL,NULL,NULL);
INSERT INTO history VALUES(315,3,1793707744000,'epayment','Query','Query: not sent, no network','tx-EL12345-3-58f6ff71-1',NULL,NULL,NULL);
INSERT INTO history VALUES(316,13,1793707747000,'epayment','Create','Create 345.00 NOK to +47 •••• ••67: not sent, no network','tx-EL12345-13-4612346a-1',NULL,NULL,NULL);
INSERT INTO history VALUES(317,3,1793707748000,'epayment','Query','Query: not sent, no network','tx-EL12345-3-58f6ff71-1',NULL,NULL,NULL);
INSERT INTO history VALUES(318,13,1793707755000,'epayment','Create','Create 345.00 NOK to +47 •••• ••67: not sent, no network','tx-EL12345-13-4612346a-1',NULL,NULL,NULL);
INSERT INTO history VALUES(319,3,1793707756000,'epayment','Query','Query: not sent, no network','tx-EL12345-3-58f6ff71-1',NULL,NULL,NULL);
INSERT INTO history VALUES(32,4,1793707336000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(320,2,1793707771000,'epayment','Create','Create 345.00 NOK to +47 •••• ••67: not sent, no network','tx-EL12345-2-00c87339-1',NULL,NULL,NULL);
INSERT INTO history VALUES(33,4,1793707338000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(34,4,1793707340000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(35,5,1793707342000,'epayment','Query','Query: Authorized, authorized 34500, captured 0, cancelled 0, refunded 0','tx-EL12345-5-7e0cc06b-1','200','0af7651916cd43dd8448eb211c80319c',312);
INSERT INTO history VALUES(36,4,1793707342000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(37,5,1793707342000,'epayment','PostReceipt','PostReceipt 345.00 NOK: done','tx-EL12345-5-7e0cc06b-1','200','0af7651916cd43dd8448eb211c80319c',312);
INSERT INTO history VALUES(38,4,1793707342000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(39,5,1793707342000,'epayment','Capture','Capture 345.00 NOK: Authorized, authorized 34500, captured 34500, cancelled 0, refunded 0','tx-EL12345-5-7e0cc06b-1','200','0af7651916cd43dd8448eb211c80319c',312);
INSERT INTO history VALUES(4,2,1793707233000,'epayment','Create','Create 345.00 NOK to +47 •••• ••67: not sent, no network','tx-EL12345-2-00c87339-1',NULL,NULL,NULL);
INSERT INTO history VALUES(40,4,1793707342000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(41,4,1793707344000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(42,4,1793707346000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(43,4,1793707348000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(44,4,1793707350000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(45,2,1793707351000,'epayment','Create','Create 345.00 NOK to +47 •••• ••67: not sent, no network','tx-EL12345-2-00c87339-1',NULL,NULL,NULL);
INSERT INTO history VALUES(46,4,1793707352000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(47,2,1793707353000,'epayment','Create','Create 345.00 NOK to +47 •••• ••67: not sent, no network','tx-EL12345-2-00c87339-1',NULL,NULL,NULL);
INSERT INTO history VALUES(48,4,1793707354000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(49,4,1793707356000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(5,2,1793707237000,'epayment','Create','Create 345.00 NOK to +47 •••• ••67: not sent, no network','tx-EL12345-2-00c87339-1',NULL,NULL,NULL);
INSERT INTO history VALUES(50,2,1793707357000,'epayment','Create','Create 345.00 NOK to +47 •••• ••67: not sent, no network','tx-EL12345-2-00c87339-1',NULL,NULL,NULL);
INSERT INTO history VALUES(51,4,1793707358000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(52,4,1793707360000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(53,4,1793707362000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(54,4,1793707364000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(55,2,1793707365000,'epayment','Create','Create 345.00 NOK to +47 •••• ••67: not sent, no network','tx-EL12345-2-00c87339-1',NULL,NULL,NULL);
INSERT INTO history VALUES(56,4,1793707366000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(57,4,1793707368000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(58,4,1793707370000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(59,4,1793707372000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(6,2,1793707245000,'epayment','Create','Create 345.00 NOK to +47 •••• ••67: not sent, no network','tx-EL12345-2-00c87339-1',NULL,NULL,NULL);
INSERT INTO history VALUES(60,4,1793707374000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(61,4,1793707376000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(62,4,1793707378000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(63,4,1793707380000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(64,4,1793707382000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(65,4,1793707384000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(66,4,1793707386000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(67,4,1793707388000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(68,4,1793707390000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(69,4,1793707392000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(7,3,1793707261000,'meter','fare','345.00 NOK for trip meter-7/3/2026-11-03T11:31:00+01:00',NULL,NULL,NULL,NULL);
INSERT INTO history VALUES(70,4,1793707394000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(71,4,1793707396000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(72,4,1793707398000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(73,4,1793707400000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(74,4,1793707402000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(75,4,1793707404000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(76,4,1793707406000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(77,4,1793707408000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(78,4,1793707410000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(79,2,1793707411000,'epayment','Create','Create 345.00 NOK to +47 •••• ••67: not sent, no network','tx-EL12345-2-00c87339-1',NULL,NULL,NULL);
INSERT INTO history VALUES(8,3,1793707261000,'epayment','Create','Create 345.00 NOK to +47 •••• ••67: done','tx-EL12345-3-58f6ff71-1','200','0af7651916cd43dd8448eb211c80319c',312);
INSERT INTO history VALUES(80,6,1793707411000,'meter','fare','345.00 NOK for trip meter-7/6/2026-11-03T11:31:00+01:00',NULL,NULL,NULL,NULL);
INSERT INTO history VALUES(81,6,1793707411000,'epayment','Create','Create 345.00 NOK to +47 •••• ••67: done','tx-EL12345-6-a27be3f3-1','200','0af7651916cd43dd8448eb211c80319c',312);
INSERT INTO history VALUES(82,4,1793707411000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(83,4,1793707412000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(84,2,1793707413000,'epayment','Create','Create 345.00 NOK to +47 •••• ••67: not sent, no network','tx-EL12345-2-00c87339-1',NULL,NULL,NULL);
INSERT INTO history VALUES(85,4,1793707414000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(86,4,1793707416000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(87,2,1793707417000,'epayment','Create','Create 345.00 NOK to +47 •••• ••67: not sent, no network','tx-EL12345-2-00c87339-1',NULL,NULL,NULL);
INSERT INTO history VALUES(88,4,1793707418000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(89,4,1793707420000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(9,2,1793707291000,'epayment','Create','Create 345.00 NOK to +47 •••• ••67: not sent, no network','tx-EL12345-2-00c87339-1',NULL,NULL,NULL);
INSERT INTO history VALUES(90,4,1793707422000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(91,4,1793707424000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(92,2,1793707425000,'epayment','Create','Create 345.00 NOK to +47 •••• ••67: not sent, no network','tx-EL12345-2-00c87339-1',NULL,NULL,NULL);
INSERT INTO history VALUES(93,4,1793707426000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(94,4,1793707428000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(95,4,1793707430000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(96,6,1793707432000,'epayment','Query','Query: Authorized, authorized 34500, captured 0, cancelled 0, refunded 0','tx-EL12345-6-a27be3f3-1','200','0af7651916cd43dd8448eb211c80319c',312);
INSERT INTO history VALUES(97,4,1793707432000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
INSERT INTO history VALUES(98,6,1793707432000,'epayment','PostReceipt','PostReceipt 345.00 NOK: done','tx-EL12345-6-a27be3f3-1','200','0af7651916cd43dd8448eb211c80319c',312);
INSERT INTO history VALUES(99,4,1793707432000,'epayment','Query','Query: not sent, no network','tx-EL12345-4-b6a79334-1',NULL,NULL,NULL);
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
