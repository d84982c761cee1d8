"""Writes test/fixtures/nltk.json: what nltk's language models make of a small text (needs nltk 3.8: Debian's python3-nltk).

Every sentence is <s> ... </s>, padded once; n-grams of up to three tokens. Scores are those of every token of the vocabulary after the
listed contexts. Kneser-Ney in nltk divides by zero after a lone <s>, so that contexts that end there are left out.
"""
import json
import pathlib
import sys

import nltk
from nltk.lm import MLE, AbsoluteDiscountingInterpolated, KneserNeyInterpolated, Laplace, Lidstone, StupidBackoff, Vocabulary, WittenBellInterpolated
from nltk.util import everygrams

TEXT = """der hund bellt laut
der hund schläft
die katze schläft nicht
die katze sieht den hund
der wolf sieht die katze
wer bellt so laut"""
ORDER = 3

sentences = [["<s>", *line.split(), "</s>"] for line in TEXT.split("\n")]
words = sorted({word for sentence in sentences for word in sentence})
contexts = [[], *[[a] for a in words if a != "<s>"], *[[a, b] for a in ("<s>", "der", "sieht") for b in words if b != "<s>"]]

models = {
    "mle": lambda: MLE(ORDER, vocabulary=Vocabulary(words)),
    "additive:1": lambda: Laplace(ORDER, vocabulary=Vocabulary(words)),
    "additive:0.1": lambda: Lidstone(0.1, ORDER, vocabulary=Vocabulary(words)),
    "witten-bell": lambda: WittenBellInterpolated(ORDER, vocabulary=Vocabulary(words)),
    "absolute:0.75": lambda: AbsoluteDiscountingInterpolated(ORDER, discount=0.75, vocabulary=Vocabulary(words)),
    "kneser-ney:0.1": lambda: KneserNeyInterpolated(ORDER, discount=0.1, vocabulary=Vocabulary(words)),
    "stupid-backoff:0.4": lambda: StupidBackoff(0.4, ORDER, vocabulary=Vocabulary(words)),
}
scores = {}
for name, make in models.items():
    model = make()
    model.fit(list(everygrams(sentence, max_len=ORDER)) for sentence in sentences)
    scores[name] = [[float(f'{model.score(word, context):.9g}') for word in words] for context in contexts]

path = pathlib.Path(__file__).parent.parent / "test" / "fixtures" / "nltk.json"
result = {"nltk": nltk.__version__, "text": TEXT, "words": words, "contexts": contexts, "vocabulary": len(Vocabulary(words)), "scores": scores}
path.write_text(json.dumps(result, ensure_ascii=False, separators=(",", ":")) + "\n")
print(f"{path.name}: {len(contexts)} contexts, {len(words)} words, nltk {nltk.__version__}", file=sys.stderr)
