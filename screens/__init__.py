"""What people see, and the doors that put all rooms together."""
