import { Random, distribution, generate, sampleToken } from '@kk/sampler';

const words = ['the', 'cat', 'dog', 'sat', 'ran', '.'];
const logits = Float32Array.of(0.1, 2.3, 1.9, 0.2, -1, -3);

// One weighted throw of the die, and what it was drawn from.
const random = new Random(42);
const id = sampleToken(logits, { temperature: 0.8, topK: 3, topP: 0.95, random });
console.log(words[id], Array.from(distribution(logits, { topK: 3 }), (p) => p.toFixed(3)));

// Anything that predicts is a model; this one only knows that words do not repeat.
const written = generate(
  { vocabSize: words.length, next: (context) => logits.map((logit, word) => (word === context[context.length - 1] ? -Infinity : logit)) },
  [0],
  { maxTokens: 5, seed: 1 },
);
for await (const next of written) console.log(words[next]);
