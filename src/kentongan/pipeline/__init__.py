"""What follows an action: the flow table, the cursor, the worker, the schedule, the commands."""
