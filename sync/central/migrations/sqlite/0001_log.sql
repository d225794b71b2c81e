-- All books one place holds. office_id leads every key: a database can be split by office,
-- and every accepting transaction then stays on one side of the split.

create table journal(
  office_id text not null,
  journal_id text not null,
  kiosk_id text not null,
  device_id text not null,
  demo integer not null,
  seq integer not null,
  hash blob not null check(length(hash) = 32),
  state text not null check(state in ('open', 'forked')),
  last_at text not null,
  taken_at text not null,
  opened integer not null,
  primary key(office_id, journal_id)
) strict, without rowid;

-- One b-tree, in the order books are read. Its key is the only unique thing in it: a second
-- one would let INSERT OR REPLACE remove an entry at another place.
create table entry(
  office_id text not null,
  journal_id text not null,
  seq integer not null,
  id text not null,
  at text not null,
  day text not null,
  fact text not null,
  version integer not null,
  body text not null,
  hash blob not null check(length(hash) = 32),
  primary key(office_id, journal_id, seq)
) strict, without rowid;

create trigger entry_new before insert on entry
when exists(select 1 from entry
            where office_id = new.office_id and journal_id = new.journal_id and seq = new.seq)
begin select raise(abort, 'this place is taken'); end;
create trigger entry_kept before delete on entry
begin select raise(abort, 'entries are kept'); end;
create trigger entry_unchanged before update on entry
begin select raise(abort, 'entries never change'); end;

create table head_signature(
  office_id text not null,
  journal_id text not null,
  seq integer not null,
  device_id text not null,
  signature text not null,
  primary key(office_id, journal_id, seq)
) strict, without rowid;

create table fork(
  office_id text not null,
  journal_id text not null,
  seq integer not null,
  held_hash blob not null,
  sent_hash blob not null,
  seen_at text not null,
  evidence blob not null,
  told integer not null default 0,
  primary key(office_id, journal_id, seq, sent_hash)
) strict, without rowid;

create table device(
  office_id text not null,
  device_id text not null,
  public_key blob not null check(length(public_key) = 32),
  role text not null check(role in ('office', 'kiosk')),
  enrolled_at text not null,
  place integer not null,
  primary key(office_id, device_id)
) strict, without rowid;
create index device_by_id on device(device_id);

create table enrol_code(
  office_id text not null,
  code_hash text not null,
  expires_at text not null,
  used_at text,
  used_by text,
  primary key(office_id, code_hash)
) strict, without rowid;

-- From here on everything is folded from entries and can be made again from them.

create table ballot_issued(
  office_id text not null,
  ballot_issue text not null,
  day text not null,
  primary key(office_id, ballot_issue)
) strict, without rowid;

create table given(
  office_id text not null,
  journal_id text not null,
  rating_id text not null,
  seq integer not null,
  at text not null,
  day text not null,
  slot text not null,
  ballot text,
  criteria_set text not null,
  answer text not null,
  measure text not null,
  primary key(office_id, journal_id, rating_id)
) strict, without rowid;
create index given_ballot on given(office_id, ballot) where ballot is not null;
create index given_day on given(office_id, day);

create table given_criterion(
  office_id text not null,
  journal_id text not null,
  rating_id text not null,
  criterion text not null,
  answer text not null,
  primary key(office_id, journal_id, rating_id, criterion)
) strict, without rowid;

create table tally_day(
  office_id text not null,
  day text not null,
  measure text not null,
  "key" text not null,
  answer text not null,
  n integer not null,
  primary key(office_id, day, measure, "key", answer)
) strict, without rowid;

create table tally_hour(
  office_id text not null,
  day text not null,
  slot text not null,
  measure text not null,
  "key" text not null,
  n integer not null,
  primary key(office_id, day, slot, measure, "key")
) strict, without rowid;
