-- What became of each number, folded from entries like the tallies. ``story`` holds the facts it is read
-- from, by book, so that no order of arrival shows; the other columns are what it says, in UTC seconds.
create table ticket_day(
  office_id text not null,
  day text not null,
  number text not null,
  service text not null,
  priority integer not null,
  appointment text not null,
  issued_s integer,
  called_s integer,
  left_s integer,
  ended text not null,
  finished_on text not null,
  service_s integer,
  missed_count integer not null,
  transfers text not null,
  shown text not null,
  ranges text not null,
  story text not null,
  primary key(office_id, day, number)
) strict, without rowid;

-- When an appointment begins, by its id and by the hash of its code.
create table slot(
  office_id text not null,
  name text not null,
  starts_s integer not null,
  primary key(office_id, name)
) strict, without rowid;

create table help_call(
  office_id text not null,
  help_id text not null,
  day text not null,
  called integer not null,
  after_s integer,
  primary key(office_id, help_id)
) strict, without rowid;
create index help_call_day on help_call(office_id, day);
