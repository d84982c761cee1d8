// How lines and stories are written for a model that continues texts: a blank line, what is asked, a line break, the answer, a blank line.
import { storySeparator, writeStory } from '@kk/corpora';
import { labelExample, TuningRows, type LabelledTokens, type TuningRowsOptions } from '@kk/finetune';
import type { Tokenizer } from '@kk/tokenizer';
import type { StoryLanguage } from '../../languages/stories.js';
import { completeLines, type TuningLine } from './recipe.js';

/** The beginning that the model gets of a line, after which it writes the answer. */
export const askedText = (prompt: string): string => `${storySeparator}${prompt.trim()}\n`;

/** What the model writes of a line. The blank line at its end tells it when to stop. */
export const answerText = (completion: string): string => `${completion.trim()}${storySeparator}`;

/** The tokens of each line; those of the answer are learned. */
export async function labelLines(tokenizer: Tokenizer, lines: readonly TuningLine[]): Promise<LabelledTokens[]> {
  return Promise.all(completeLines(lines).map(({ prompt, completion }) => labelExample(tokenizer, { prompt: askedText(prompt), completion: answerText(completion) })));
}

/** Stories like those that the model learned from. @param first  the seed of the first one; the seeds from 2^31 on were kept for measuring */
export async function labelStories(tokenizer: Tokenizer, language: StoryLanguage, { first, count }: { first: number; count: number }): Promise<LabelledTokens[]> {
  return Promise.all(Array.from({ length: count }, (_, i) => labelExample(tokenizer, { text: `${storySeparator}${writeStory(language, first + i)}${storySeparator}` })));
}

/** Stories are longer than the context now and then; their ends are left out. */
export const storyRows = (stories: readonly LabelledTokens[], options: Pick<TuningRowsOptions, 'contextLength' | 'vocabSize' | 'seed'>): TuningRows => new TuningRows(stories, { ...options, truncation: 'right' });
