"""What each family of date rules means: functions from an expression and its context to a meaning."""
