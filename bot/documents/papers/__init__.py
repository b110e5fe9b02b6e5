"""Papers in Word: templates that a clerk may edit, filled in by the worker process."""
