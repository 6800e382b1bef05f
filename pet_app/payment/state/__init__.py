"""What the demonstration's page of payment remembers."""
