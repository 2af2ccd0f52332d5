"""Fast inference with the weights of en_core_web_sm: the same Docs as spaCy's, in a quarter of the time.

A token's way: `encoder` (embeddings kept by form, convolutions) makes its vector, `transitions` what it adds
to the scores of a parser's moves, and kernels.c decides the moves. `components` take the places of spaCy's
own, and `inference` chooses between the two: where the kernels are not compiled, where a model is built in
another way, and where a sentence comes out differently, spaCy's own components run.
"""

from extract.engines.fast.inference import Inference

__all__ = ["Inference"]
