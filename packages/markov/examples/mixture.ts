import { MarkovModel, MixtureModel } from '@kk/markov';
import { generate } from '@kk/sampler';

// Two models over the same ids: a, b, c.
const letters = ['a', 'b', 'c'];
const ids = (text: string) => Array.from(text, (letter) => letters.indexOf(letter));
const first = MarkovModel.train(ids('abababab'), { order: 1, vocabSize: 3, smoothing: 'mle' });
const second = MarkovModel.train(ids('acacacac'), { order: 1, vocabSize: 3, smoothing: 'mle' });

// Three parts of the first, one of the second: what follows "a", and a text.
const mixture = new MixtureModel([{ model: first, weight: 3 }, { model: second, weight: 1 }]);
console.log(letters.map((letter, id) => `${letter} ${Math.exp(mixture.logProbability(ids('a'), id)).toFixed(2)}`).join(', '));
let text = 'a';
for await (const id of generate(mixture, ids(text), { maxTokens: 11, seed: 1 })) text += letters[id];
console.log(text);

// How well each foresees a text of both: neither alone thinks it possible.
const other = ids('abacabab');
for (const [name, model] of Object.entries({ first, second, mixture })) console.log(name, model.perplexity(other).toFixed(2));
