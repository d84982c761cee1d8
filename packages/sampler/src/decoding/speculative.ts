// Speculative decoding: a small model drafts some tokens; the large one checks all of them in one pass and keeps those it could have drawn
// itself. The result has exactly the distribution of the large model alone (Leviathan et al. 2023, "Fast Inference from Transformers via
// Speculative Decoding"; Chen et al. 2023, "Accelerating Large Language Model Decoding with Speculative Sampling").
import { hasMethod, requireList, wrongKind } from '@kk/options';
import { requireKnown } from '../checks.js';
import type { NextTokenModel } from '../model.js';
import { Random } from '@kk/random';
import type { Sampler } from '../sampler.js';
import type { History } from '../stages/stage.js';
import { Asker, checkCount, checkLogits, copyPrompt } from './ask.js';
import { requireModel } from './check-model.js';
import { drawingOf, GENERATING, type GenerateOptions } from './generate.js';

/** A model that can compute several positions in one pass, as a transformer can. */
export interface ManyPositionsModel extends NextTokenModel {
  /**
   * Logits after the context and after each further id: further.length + 1 arrays of shape (vocabSize,). The i-th equals next([...context,
   * ...further.slice(0, i)]). The same rules of ownership apply as for next().
   */
  nextMany(context: ArrayLike<number>, further: ArrayLike<number>): Float32Array[] | Promise<Float32Array[]>;
}

export interface SpeculativeOptions extends GenerateOptions {
  /** The number of tokens drafted at a time: an integer from 1; default 4. */
  draftLength?: number;
}

/** Statistics of drafting so far. */
export interface SpeculativeReport {
  /** All tokens returned so far. */
  readonly tokens: number;
  readonly drafted: number;
  /** Drafted tokens that the target checked: all up to and including the first rejected one. */
  readonly tested: number;
  readonly accepted: number;
  /** accepted / tested; 0 if nothing was tested yet. */
  readonly acceptanceRate: number;
  /** Calls of the target: passes over several positions if it has nextMany(), otherwise one call per token. */
  readonly targetCalls: number;
  readonly draftCalls: number;
  /** How often drafting ended early because the draft model gave probability 0 to every token that the sampler allows. */
  readonly emptyDrafts: number;
  /** Whether the target has nextMany(). Without it the result is the same, but nothing is faster. */
  readonly batched: boolean;
}

/** A generation in progress: iterate once with `for await`; the report is updated meanwhile. */
export interface SpeculativeRun extends AsyncGenerator<number, void, undefined> {
  readonly report: SpeculativeReport;
}

/**
 * Continues a prompt like generate(): with the distribution of the target under the same sampler, while a draft model guesses ahead.
 *
 * The draft uses a fork of the sampler, with the same stages. Let p and q be the distributions of target and draft after the stages. Each
 * drafted token d is kept with probability min(1, p(d) / q(d)). At the first rejection, a token is drawn from max(0, p - q) instead; if all
 * are kept, one more is drawn from the target. Tokens arrive in groups, after each check by the target.
 *
 * @param target the model that decides; called once per draft if it has nextMany(), otherwise once per token
 * @param draft the model that guesses, with the same vocabulary; better guesses save more calls. It may be the target itself
 * @throws TypeError at the first step if an option is unknown, or a model, the prompt or an option is of a wrong kind
 * @throws RangeError at the first step if an option or an id of the prompt is out of range, if the vocabularies differ in size, or if
 * logits are invalid
 * @throws the signal's reason when aborted
 */
export function speculativeGenerate(target: NextTokenModel | ManyPositionsModel, draft: NextTokenModel, prompt: ArrayLike<number>, options: SpeculativeOptions): SpeculativeRun {
  const counts = { tokens: 0, drafted: 0, tested: 0, accepted: 0, acceptanceRate: 0, targetCalls: 0, draftCalls: 0, emptyDrafts: 0, batched: hasMethod(target, 'nextMany') };
  return Object.assign(run(target, draft, prompt, options, counts), { report: counts });
}

type Counts = { -readonly [name in keyof SpeculativeReport]: SpeculativeReport[name] };

async function* run(target: NextTokenModel | ManyPositionsModel, draft: NextTokenModel, prompt: ArrayLike<number>, options: SpeculativeOptions, counts: Counts): AsyncGenerator<number, void, undefined> {
  requireKnown('speculativeGenerate', options, { draftLength: true, ...GENERATING });
  const { maxTokens, draftLength = 4, stopWhen, signal } = options;
  checkCount('maxTokens', maxTokens, 0);
  checkCount('draftLength', draftLength, 1);
  requireModel('target', target);
  requireModel('draft', draft);
  if (!hasMethod(target, 'nextMany') && 'nextMany' in target) throw wrongKind('target.nextMany', target.nextMany, 'a function, or a model without it');
  const { vocabSize } = target;
  if (draft.vocabSize !== vocabSize) throw new RangeError(`the draft model has a vocabulary of ${draft.vocabSize} tokens, expected that of the target: ${vocabSize}`);
  const ids = copyPrompt(prompt, vocabSize);
  const { sampler, ends } = drawingOf(options, vocabSize);
  const history = { ids, promptLength: ids.length, endTokens: [...ends], maxTokens };
  if (!options.resume) sampler.reset();
  // A separate generator for drafting and checking, because stages that use random numbers must not see the same ones.
  const chance = new Random(Math.floor(sampler.random.uniform() * 2 ** 53));
  const asker = new Asker(signal);
  const drafter = new Drafter(draft, draftLength, history, asker, counts);

  while (counts.tokens < maxTokens) {
    const room = maxTokens - counts.tokens;
    const drafts = await drafter.draft(sampler.fork({ random: { uniform: () => chance.uniform() } }), chance, Math.min(draftLength, room - 1));
    const verifier = new Verifier(target, ids.slice(), drafts, asker, counts);
    const taken: number[] = [];
    let ended = false;
    for (let at = 0; at <= drafts.length && !ended; at++) {
      const p = sampler.distribution(await verifier.logits(at), history);
      for (let i = 0; i < sampler.stages.length; i++) sampler.random.uniform(); // distribution() does not advance the generator, but stages may use it
      const drafted = drafts[at];
      const verdict = drafted === undefined ? { id: draw(p, chance), accepted: false } : judge(p, drafter.distributions[at], drafted, chance);
      if (drafted !== undefined) {
        counts.tested++;
        if (verdict.accepted) counts.accepted++;
        counts.acceptanceRate = counts.accepted / counts.tested;
      }
      sampler.accept(verdict.id);
      ended = ends.has(verdict.id);
      if (!ended) {
        ids.push(verdict.id);
        taken.push(verdict.id);
        ended = stopWhen?.(ids) ?? false;
      }
      if (!verdict.accepted) break;
    }
    // Yield only now: the consumer may call the models with something else, which would overwrite the logits.
    for (const id of taken) {
      counts.tokens++;
      yield id;
    }
    if (ended) return;
  }
}

/** Drafts tokens and records their probabilities. */
class Drafter {
  /** The distribution that each of the last drafts was drawn from. */
  readonly distributions: Float32Array[];
  readonly #model: NextTokenModel;
  /** The text, which grows with what the target accepts. */
  readonly #text: History;
  readonly #ends: ReadonlySet<number>;
  readonly #asker: Asker;
  readonly #counts: Counts;

  constructor(model: NextTokenModel, length: number, text: History, asker: Asker, counts: Counts) {
    this.#model = model;
    this.distributions = Array.from({ length }, () => new Float32Array(model.vocabSize));
    this.#text = text;
    this.#ends = new Set(text.endTokens);
    this.#asker = asker;
    this.#counts = counts;
  }

  /**
   * Drafts up to `length` tokens; fewer if one ends the text, or if the draft model gives probability 0 to all tokens that the sampler
   * allows.
   */
  async draft(sampler: Sampler, chance: Random, length: number): Promise<number[]> {
    const context = Array.from(this.#text.ids);
    const history = { ...this.#text, ids: context };
    const drafts: number[] = [];
    while (drafts.length < length) {
      const logits = await this.#asker.next(this.#model, context);
      this.#counts.draftCalls++;
      try {
        sampler.distribution(logits, history, this.distributions[drafts.length]);
      } catch (error) {
        // The draft model finds every allowed token impossible. Any other error is a real one and is rethrown.
        if (!(error instanceof RangeError) || logits.some((logit) => !(logit < Infinity))) throw error;
        this.#counts.emptyDrafts++;
        break;
      }
      const id = draw(this.distributions[drafts.length], chance);
      this.#counts.drafted++;
      drafts.push(id);
      if (this.#ends.has(id)) break;
      sampler.accept(id);
      context.push(id);
    }
    return drafts;
  }
}

/** The target's logits after a context and after each draft: all at once if possible, otherwise when needed. */
class Verifier {
  #rows: Float32Array[] | undefined;
  readonly #target: NextTokenModel | ManyPositionsModel;
  readonly #context: number[];
  readonly #drafts: readonly number[];
  readonly #asker: Asker;
  readonly #counts: Counts;

  constructor(target: NextTokenModel | ManyPositionsModel, context: number[], drafts: readonly number[], asker: Asker, counts: Counts) {
    this.#target = target;
    this.#context = context;
    this.#drafts = drafts;
    this.#asker = asker;
    this.#counts = counts;
  }

  async logits(at: number): Promise<Float32Array> {
    const target = this.#target;
    if (!('nextMany' in target)) {
      if (at > 0) this.#context.push(this.#drafts[at - 1]);
      this.#counts.targetCalls++;
      return this.#asker.next(target, this.#context);
    }
    if (this.#rows === undefined) {
      await this.#asker.breathe();
      this.#counts.targetCalls++;
      this.#rows = await target.nextMany(this.#context, this.#drafts);
      await this.#asker.breathe();
      requireList('what target.nextMany() gave', this.#rows, 'a list of rows of logits');
      const expected = this.#drafts.length + 1;
      if (this.#rows.length !== expected) throw new RangeError(`nextMany() gave ${this.#rows.length} rows of logits for ${this.#drafts.length} further ids, expected ${expected}`);
    }
    const row = this.#rows[at];
    checkLogits(row, target.vocabSize);
    return row;
  }
}

/** Keeps or replaces a drafted token, so that the result is distributed as p. */
function judge(p: Float32Array, q: Float32Array, drafted: number, chance: Random): { id: number; accepted: boolean } {
  if (chance.uniform() * q[drafted] < p[drafted]) return { id: drafted, accepted: true };
  const rest = p.map((probability, id) => Math.max(0, probability - q[id]));
  // If nothing is left after rounding, p equals q.
  return { id: draw(rest.some((weight) => weight > 0) ? rest : p, chance), accepted: false };
}

/** An id drawn with these weights, at least one of them above 0. */
function draw(weights: Float32Array, chance: Random): number {
  let total = 0;
  for (const weight of weights) total += weight;
  const target = chance.uniform() * total;
  let reached = 0;
  let chosen = -1;
  for (let id = 0; id < weights.length && reached <= target; id++) {
    if (weights[id] > 0) chosen = id;
    reached += weights[id];
  }
  return chosen;
}
