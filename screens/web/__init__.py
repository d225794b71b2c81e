"""The pages of the office: manager, rating by phone, what is here."""
