-- Facts of appointments reach over months and are few: found without reading the books from their beginning.
create index entry_appointment on entry(office_id, journal_id, seq) where fact in (
  'ApologyWritten', 'AppointmentBooked', 'AppointmentCancelled', 'AppointmentCheckedIn', 'AppointmentClaimed',
  'ReminderPrinted', 'ResultHandedOver', 'ResultReady'
);
