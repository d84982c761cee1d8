// What is looked at while a model is tuned: its loss on the lines, on lines that it does not learn and on stories, and what it answers.
import { CopyFinder, TuningRows, type LabelledTokens } from '@kk/finetune';
import { evaluateRows } from '@kk/gpt';
import type { Tools } from '../job.js';
import { writeAnswer, writtenText, type Asked } from './answer.js';
import { labelLines, labelStories, storyRows } from './lines.js';
import type { PreparedTuning } from './prepare.js';
import type { TuningLine, TuningRecipe } from './recipe.js';
import type { Stopwatch } from './stopwatch.js';

export interface Answer {
  text: string;
  /** Whether it ended by itself, and not because it was long enough. */
  isDone: boolean;
  /** The share of its tokens in passages of the lines' answers, from 0 to 1. */
  copied: number;
}

export interface Look {
  step: number;
  /** Nats per token: on the answers that are learned, on those of lines that are not (null without any), and on stories that nobody has learned from. */
  loss: { lines: number; heldOut: number | null; stories: number };
  answers: readonly Answer[];
}

/** Passages of so many tokens count as copied. */
const COPIED_RUN = 5;
/** Stories that are measured. */
const STORIES = 8;
const FIRST_MEASURED = 2 ** 31;

export class Looker {
  readonly #parts: Record<'lines' | 'heldOut' | 'stories', TuningRows | null>;
  readonly #copies: CopyFinder;

  private constructor(
    readonly tools: Tools,
    readonly tuning: PreparedTuning,
    readonly asked: Asked,
    readonly seed: number,
    heldOut: readonly LabelledTokens[],
    stories: readonly LabelledTokens[],
  ) {
    const { contextLength, vocabSize } = tuning.rows;
    const sizes = { contextLength, vocabSize };
    this.#parts = { lines: tuning.rows, heldOut: heldOut.length > 0 ? new TuningRows(heldOut, sizes) : null, stories: storyRows(stories, sizes) };
    const answers = tuning.labelled.map(({ ids, learned }) => ids.filter((_, i) => learned[i]));
    this.#copies = new CopyFinder(Int32Array.from(answers.flatMap((ids) => [...ids])), COPIED_RUN);
  }

  static async of(tools: Tools, tuning: PreparedTuning, recipe: TuningRecipe, asked: Asked, heldOut: readonly TuningLine[]): Promise<Looker> {
    const { tokenizer } = tuning.base;
    return new Looker(tools, tuning, asked, recipe.seed, await labelLines(tokenizer, heldOut), await labelStories(tokenizer, recipe.language, { first: FIRST_MEASURED, count: STORIES }));
  }

  async look(watch: Stopwatch): Promise<Look> {
    const { gpt, trainer, base } = this.tuning;
    const answers: Answer[] = [];
    for (const prompt of this.asked.prompts) {
      const { ids, isDone } = await writeAnswer(this.tools, gpt, base.tokenizer, prompt, { ...this.asked, seed: this.seed }, watch);
      const { copiedTokens, tokens } = this.#copies.measure([ids]);
      answers.push({ text: writtenText(base.tokenizer, ids), isDone, copied: tokens === 0 ? 0 : copiedTokens / tokens });
    }
    const { heldOut, stories } = this.#parts;
    const loss = { lines: await this.linesLoss(watch), heldOut: heldOut && (await this.#lossOf(heldOut, watch)), stories: await this.#lossOf(stories!, watch) };
    return { step: trainer.stepsDone, loss, answers };
  }

  /** The loss on the lines that are learned, in nats per token. */
  linesLoss(watch: Stopwatch): Promise<number> {
    return this.#lossOf(this.#parts.lines!, watch);
  }

  async #lossOf(rows: TuningRows, watch: Stopwatch): Promise<number> {
    await this.tools.breathe();
    return (await watch.time(() => evaluateRows(this.tuning.gpt, rows, { rows: rows.rowsPerEpoch, batchSize: 4 }))).loss;
  }
}
