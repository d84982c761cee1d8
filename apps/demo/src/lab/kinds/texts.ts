// Makes the texts that chapter 3 compares, all of nearly the same length.
import type { Tools } from '../job.js';
import { storiesInPieces } from '../texts.js';
import { cutAtSentence } from './cut.js';
import { realSeed, SHORTEST_OWN, type Kind, type KindsInput } from './names.js';
import { shared } from './shared.js';
import { shuffleLetters, shuffleWords } from './shuffle.js';
import { StoryWriter } from './story-writer.js';
import { chainOfStories, writeMarkov } from './write-markov.js';

/** Whether the visitor's text is long enough to join in. */
const joinsIn = (own: string | undefined): own is string => own !== undefined && own.length >= SHORTEST_OWN;

/** The real text: whole stories. With a shorter text of the visitor's, all have its length. */
export async function realText(tools: Tools, { language, seed, length, own }: KindsInput): Promise<string> {
  const stories = await storiesInPieces(tools, language, { seed: realSeed(seed), characters: length });
  return joinsIn(own) && own.length < stories.length ? cutAtSentence(stories, own.length) : stories;
}

/** One after the other, so that a figure can show the first ones while the others are made; all but the GPT's. */
export async function* quickTexts(tools: Tools, input: KindsInput): AsyncGenerator<{ kind: Kind; text: string }, string, void> {
  const real = await realText(tools, input);
  const { language, seed, letters, words, own } = input;
  yield { kind: 'real', text: real };
  yield { kind: 'words', text: shuffleWords(real, seed) };
  yield { kind: 'letters', text: shuffleLetters(real, seed) };
  for (const [kind, unit, order] of [['markovLetters', 'character', letters], ['markovWords', 'word', words]] as const) {
    const text = await shared(tools, `${kind} ${order} ${language} ${seed} ${real.length}`, async () => {
      const chain = await chainOfStories(tools, language, unit, order);
      return writeMarkov(tools, chain, { length: real.length + 200, seed });
    });
    yield { kind, text: cutAtSentence(text, real.length) };
  }
  if (joinsIn(own)) yield { kind: 'own', text: cutAtSentence(own, real.length) };
  return real;
}

/** The writer of a GPT's stories; all figures share it. */
export async function storyWriter(tools: Tools, { model, seed }: Pick<KindsInput, 'model' | 'seed'>): Promise<StoryWriter> {
  const ready = await tools.model(model);
  const writer = await shared(tools, `writer ${model} ${seed}`, () => new StoryWriter(ready, seed));
  writer.model = ready; // the writer outlives a model that is loaded anew
  return writer;
}
