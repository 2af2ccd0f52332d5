"""Letters: bytes to text, and text whose letters were broken on the way."""
