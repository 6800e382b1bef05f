"""What every section stands on: settings, database, errors, money, time, storage, security."""
