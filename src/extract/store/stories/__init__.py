"""Stories in a store: sketches of texts, the stories of a snapshot, quotes that are repeated in them."""
