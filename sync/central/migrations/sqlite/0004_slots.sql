-- When an appointment begins: by its id and its code, with its day and whether it still holds. A number belongs
-- to an appointment of its own day only. What became of each number is folded anew after this.
drop table slot;
create table slot(
  office_id text not null,
  appointment_id text not null,
  code_hash text not null,
  day text not null,
  starts_s integer not null,
  cancelled integer not null,
  primary key(office_id, appointment_id)
) strict, without rowid;
create index slot_code on slot(office_id, code_hash, day, cancelled, starts_s);
delete from ticket_day;
