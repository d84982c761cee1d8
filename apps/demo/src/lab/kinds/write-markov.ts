// Writes with a Markov chain, from the beginning of a story, until the text is long enough.
import { storySeparator, writeStories } from '@kk/corpora';
import { TextMarkov } from '@kk/markov';
import type { StoryLanguage } from '../../languages/stories.js';
import type { Tools } from '../job.js';
import { TRAINING } from './names.js';
import { shared } from './shared.js';

/** The text that the chains learn from. */
export const trainingText = (tools: Tools, language: StoryLanguage): Promise<string> => shared(tools, `training ${language}`, () => writeStories(language, TRAINING));

/** The chain of these stories, trained once. */
export const chainOfStories = (tools: Tools, language: StoryLanguage, unit: 'character' | 'word', order: number): Promise<TextMarkov> =>
  shared(tools, `chain ${unit} ${order} ${language}`, () => trainChain(tools, language, unit, order));

async function trainChain(tools: Tools, language: StoryLanguage, unit: 'character' | 'word', order: number): Promise<TextMarkov> {
  const steps = TextMarkov.trainInSteps([await trainingText(tools, language)], { unit, order });
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    tools.preparing('chain', value as number);
    await tools.breathe();
  }
}

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
