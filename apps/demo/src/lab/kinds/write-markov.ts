// Writes with a Markov chain, from the beginning of a story, until the text is long enough.
import { storySeparator } from '@kk/corpora';
import { TextMarkov } from '@kk/markov';
import type { StoryLanguage } from '../../languages/stories.js';
import { inSteps } from '../in-steps.js';
import type { Tools } from '../job.js';
import { storiesInPieces } from '../texts.js';
import { TRAINING } from './names.js';
import { shared } from './shared.js';

/** The text that the chains learn from. */
export const trainingText = (tools: Tools, language: StoryLanguage): Promise<string> => shared(tools, `training ${language}`, () => storiesInPieces(tools, language, TRAINING));

/** The chain of these stories, trained once. */
export const chainOfStories = (tools: Tools, language: StoryLanguage, unit: 'character' | 'word', order: number): Promise<TextMarkov> =>
  shared(tools, `chain ${unit} ${order} ${language}`, async () => inSteps(tools, TextMarkov.trainInSteps([await trainingText(tools, language)], { unit, order }), 'chain'));

/** @param length  how many characters at least */
export async function writeMarkov(tools: Tools, chain: TextMarkov, { length, seed }: { length: number; seed: number }): Promise<string> {
  const ids: number[] = [];
  let written = 0;
  // A story begins after the end of another one; a blank line is a token only between units, so the first unit of all follows it here.
  const beginning = chain.encode(`.${storySeparator}${chain.tokens[0]}`).slice(0, -1);
  for (const id of chain.stream({ seed, prompt: beginning })) {
    ids.push(id);
    written += chain.tokens[id]!.length;
    if (written >= length) break;
    await tools.breathe();
  }
  return chain.decode(ids).trimStart();
}
