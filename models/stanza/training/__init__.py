"""How the shipped Stanza models are made; one module a step, each with a function `run`."""
