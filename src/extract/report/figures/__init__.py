"""What is drawn: bars over time, the matrix of who speaks about whom, the map of places."""
