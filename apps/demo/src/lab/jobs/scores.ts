// Chapter 3: what a text must remember to get right, for each kind: agreement, quotes, whole stories; and what is copied.
import { parseStory, storySeparator } from '@kk/corpora';
import { closedPairs, verbAgreement, verbatimCopies } from '@kk/corpora/stats';
import type { StoryLanguage } from '../../languages/stories.js';
import { defineJob, type Tools } from '../job.js';
import { inPieces, measureKinds, type Measured } from '../kinds/measure.js';
import type { KindsInput } from '../kinds/names.js';
import { shuffleWords } from '../kinds/shuffle.js';
import { realText } from '../kinds/texts.js';
import { trainingText } from '../kinds/write-markov.js';

/** So many of so many. */
export interface Share {
  hits: number;
  cases: number;
}

export interface Scores {
  /** Verbs that agree with a subject directly before them, and farther away. */
  near: Share;
  far: Share;
  /** Quotes and brackets that are closed. */
  quotes: Share;
  /** Words in passages of at least eight words that are in the training text, too. */
  copied: Share;
  /** The longest passage that is copied. */
  longestCopy: { words: number; text: string };
  /** Stories that the grammar can have written, of the first ones. */
  stories: Share;
}

export interface ScoreCard extends Measured<Scores> {
  /** What chance reaches: the real text's words in orders of chance. Null until it is computed. */
  chance: Pick<Scores, 'near' | 'far' | 'quotes'> | null;
}

/** The most stories that are checked. */
const STORIES = 60;
/** The level of chance is measured on so many shuffled characters. */
const SHUFFLED = 200_000;

/** Agreement and quotes, which chance reaches to some extent. */
async function byChance(tools: Tools, text: string, language: StoryLanguage): Promise<Pick<Scores, 'near' | 'far' | 'quotes'>> {
  const { byDistance } = await inPieces(tools, text, verbAgreement.accumulator({ language }));
  const { closed, opened, unopened } = await inPieces(tools, text, closedPairs.accumulator());
  const within = (from: number, to: number): Share => {
    const chosen = byDistance.filter(({ distance }) => distance >= from && distance <= to);
    return { hits: chosen.reduce((sum, { agreeing }) => sum + agreeing, 0), cases: chosen.reduce((sum, { pairs }) => sum + pairs, 0) };
  };
  return { near: within(1, 1), far: within(2, Infinity), quotes: { hits: closed, cases: opened + unopened } };
}

async function storiesOf(tools: Tools, text: string, language: StoryLanguage): Promise<Share> {
  const stories = text.split(storySeparator).slice(0, -1).slice(0, STORIES); // the last one may be cut
  let hits = 0;
  for (const story of stories) {
    if (parseStory(language, story)) hits++;
    await tools.breathe();
  }
  return { hits, cases: stories.length };
}

export default defineJob(async function* (input: KindsInput, tools): AsyncGenerator<ScoreCard, ScoreCard> {
  const { language, seed } = input;
  const reference = await trainingText(tools, language);
  const real = await realText(tools, input);
  const chance = { near: { hits: 0, cases: 0 }, far: { hits: 0, cases: 0 }, quotes: { hits: 0, cases: 0 } };
  for (let at = 0; at * real.length < SHUFFLED; at++) {
    const found = await byChance(tools, shuffleWords(real, seed + 1 + at), language);
    for (const name of ['near', 'far', 'quotes'] as const) {
      chance[name].hits += found[name].hits;
      chance[name].cases += found[name].cases;
    }
  }
  const steps = measureKinds(tools, input, async (text): Promise<Scores> => {
    const copies = await inPieces(tools, text, verbatimCopies.accumulator({ reference }));
    return {
      ...(await byChance(tools, text, language)),
      copied: { hits: Math.round(copies.copied * copies.length), cases: copies.length },
      longestCopy: { words: copies.longest.length, text: copies.longest.text },
      stories: await storiesOf(tools, text, language),
    };
  });
  for (;;) {
    const { done, value } = await steps.next();
    if (done) return { ...value, chance };
    yield { ...value, chance };
  }
});
