// The loss of a model over fresh stories, each of them read from its beginning, beside what no model can be better than.
import { entropyPerToken, inspectStory, storySeparator, type Language } from '@kk/corpora';
import type { GPT } from '@kk/gpt';
import type { Tokenizer } from '@kk/tokenizer';
import { storySeeds } from './recipe.js';

export interface StoryLoss {
  stories: number;
  tokens: number;
  /** Nats per token, over every token of the stories and of the separators after them. */
  loss: number;
  /** The grammar's entropy in nats per token: what the loss would be at best, over endless many stories. */
  floor: number;
  /** The same for exactly these stories, by the probability with which the grammar writes each of them. */
  surprise: number;
}

/** Measures stories that no training has: those of the seeds from 2^31 + `first` on. */
export async function storyLoss(model: GPT, tokenizer: Tokenizer, language: Language, { count, first = 0 }: { count: number; first?: number }): Promise<StoryLoss> {
  const rows: { inputs: readonly number[]; targets: number[] }[] = [];
  let [tokens, characters, nats] = [0, 0, 0];
  for (let story = 0; story < count; story++) {
    const { text, logProbability } = inspectStory(language, storySeeds.validation + first + story);
    const written = text + storySeparator;
    const ids = tokenizer.encode(storySeparator + written);
    const given = tokenizer.encode(storySeparator).length;
    rows.push(...rowsOf(ids, given, model.config.contextLength));
    tokens += ids.length - given;
    characters += [...written].length;
    nats -= logProbability;
  }
  const loss = (await sumOfLosses(model, rows)) / tokens;
  return { stories: count, tokens, loss, floor: entropyPerToken(language, tokens / characters), surprise: nats / tokens };
}

/** Windows over a story in which each token is predicted once; where it is longer than the context, from at least half of a context. */
function rowsOf(ids: readonly number[], given: number, contextLength: number): { inputs: readonly number[]; targets: number[] }[] {
  const rows = [];
  for (let done = given; done < ids.length; ) {
    const start = done <= given ? 0 : Math.max(0, done - Math.ceil(contextLength / 2));
    const end = Math.min(ids.length, start + contextLength + 1);
    const targets = ids.slice(start + 1, end).map((id, i) => (start + 1 + i < done ? -1 : id));
    rows.push({ inputs: ids.slice(start, end - 1), targets });
    done = end;
  }
  return rows;
}

async function sumOfLosses(model: GPT, rows: readonly { inputs: readonly number[]; targets: number[] }[]): Promise<number> {
  const { engine } = model;
  let sum = 0;
  for (let i = 0; i < rows.length; i += 8) {
    const batch = rows.slice(i, i + 8);
    const time = Math.max(...batch.map(({ inputs }) => inputs.length));
    const pad = (ids: readonly number[], filler: number): number[] => [...ids, ...new Array<number>(time - ids.length).fill(filler)];
    const shape = [batch.length, time];
    const inputs = Int32Array.from(batch.flatMap((row) => pad(row.inputs, 0)));
    const targets = Int32Array.from(batch.flatMap((row) => pad(row.targets, -1)));
    const loss = engine.scope(() => engine.noGradient(() => model.loss(engine.tensor(inputs, shape, 'int32'), engine.tensor(targets, shape, 'int32'))));
    sum += (await loss.item()) * targets.filter((id) => id >= 0).length;
    loss.dispose();
  }
  return sum;
}
