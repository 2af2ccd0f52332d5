"""Commands that correct what was found: by hand, in a dialogue, with annotation tools."""
