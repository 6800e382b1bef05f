"""What follows from applications, payments, decisions and the calendar."""
