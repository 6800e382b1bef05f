"""What has to be fast, measured beside something it can be compared with."""
