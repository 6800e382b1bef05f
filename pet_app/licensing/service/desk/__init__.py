"""The clerks' desk: who serves which town, the queue, decisions, the counter, figures."""
