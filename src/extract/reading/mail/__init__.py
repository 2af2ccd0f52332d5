"""Mails as they were sent -> their heads, texts and attachments."""
