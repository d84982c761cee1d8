// Speculative decoding: a small model drafts some tokens, the large one looks at all of them at once and keeps those that it could have
// drawn itself. What comes out is distributed exactly as if the large model had drawn every token alone (Leviathan et al. 2023, "Fast Inference from
// Transformers via Speculative Decoding"; Chen et al. 2023, "Accelerating Large Language Model Decoding with Speculative Sampling").
import { type NextTokenModel } from '../model.js';
import { createRandom, type Random } from '../random/random.js';
import { type Sampler } from '../sampler.js';
import { Asker, checkCount, checkLogits, copyPrompt, readStopTokens } from './ask.js';
import { type GenerateOptions, samplerOf } from './generate.js';

/** A model that can look at several positions in one pass, as a transformer can. */
export interface ManyPositionsModel extends NextTokenModel {
  /**
   * Logits behind the context and behind each of the further ids: further.length + 1 arrays of shape (vocabSize,), the i-th as
   * next([...context, ...further.slice(0, i)]) gives it. Context and memory belong to the same as with next().
   */
  nextMany(context: ArrayLike<number>, further: ArrayLike<number>): Float32Array[] | Promise<Float32Array[]>;
}

export interface SpeculativeOptions extends GenerateOptions {
  /** How many tokens are drafted at a time: an integer from 1; 4 if left out. */
  draftLength?: number;
}

/** What drafting has brought so far. */
export interface SpeculativeReport {
  /** Tokens given out by target and draft together. */
  readonly tokens: number;
  readonly drafted: number;
  /** Drafted tokens that the target looked at: all up to the first that it refused. */
  readonly tested: number;
  readonly accepted: number;
  /** accepted / tested; 0 as long as nothing was tested. */
  readonly acceptanceRate: number;
  /** Calls of the target: passes over several positions where it offers nextMany(), otherwise one per token. */
  readonly targetCalls: number;
  readonly draftCalls: number;
  /** How often drafting ended early because the draft model held every token for impossible that the sampler allows. */
  readonly emptyDrafts: number;
  /** Whether the target offers nextMany(). If not, the result is the same and nothing is gained. */
  readonly batched: boolean;
}

/** A running text: go through it with `for await`, once; the report grows meanwhile. */
export interface SpeculativeRun extends AsyncGenerator<number, void, undefined> {
  readonly report: SpeculativeReport;
}

/**
 * Continues a prompt as generate() does, with the distribution of the target under the same sampler, and a draft model that guesses ahead.
 *
 * The draft goes through a fork of the sampler, with the same stages. Each of its tokens d is kept with probability min(1, p(d) / q(d)), p and q
 * being the distributions of target and draft after the stages; at the first that is refused, a token is drawn from max(0, p - q)
 * instead; when all are kept, one more is drawn from the target. Tokens come in bursts, after each look of the target.
 *
 * @param target who decides; with nextMany() it is asked once per draft, otherwise once per token
 * @param draft who guesses, with the same vocabulary; the better, the more is gained. It may be the target itself
 * @throws RangeError at the first step if an option or an id of the prompt is out of range, if the vocabularies differ in size, or if logits are unusable
 * @throws the signal's reason when aborted
 */
export function speculativeGenerate(target: NextTokenModel | ManyPositionsModel, draft: NextTokenModel, prompt: ArrayLike<number>, options: SpeculativeOptions): SpeculativeRun {
  const counts = { tokens: 0, drafted: 0, tested: 0, accepted: 0, acceptanceRate: 0, targetCalls: 0, draftCalls: 0, emptyDrafts: 0, batched: 'nextMany' in target };
  return Object.assign(run(target, draft, prompt, options, counts), { report: counts });
}

type Counts = { -readonly [name in keyof SpeculativeReport]: SpeculativeReport[name] };

async function* run(target: NextTokenModel | ManyPositionsModel, draft: NextTokenModel, prompt: ArrayLike<number>, options: SpeculativeOptions, counts: Counts): AsyncGenerator<number, void, undefined> {
  const { maxTokens, draftLength = 4, stopWhen, signal } = options;
  checkCount('maxTokens', maxTokens, 0);
  checkCount('draftLength', draftLength, 1);
  const { vocabSize } = target;
  if (draft.vocabSize !== vocabSize) throw new RangeError(`the draft model has a vocabulary of ${draft.vocabSize} tokens, expected that of the target: ${vocabSize}`);
  const ids = copyPrompt(prompt, vocabSize);
  const stops = readStopTokens(options.stopTokens, vocabSize);
  const sampler = samplerOf(options);
  // Chance of its own for drafts and verdicts: stages that use chance themselves must not see the same numbers.
  const chance = createRandom(Math.floor(sampler.random.next() * 2 ** 53));
  const asker = new Asker(signal);
  const drafter = new Drafter(draft, draftLength, ids.length, asker, counts);

  while (counts.tokens < maxTokens) {
    const room = maxTokens - counts.tokens;
    const drafts = await drafter.draft(ids, sampler.fork({ random: { next: () => chance.next() } }), chance, Math.min(draftLength, room - 1), stops);
    const verifier = new Verifier(target, ids.slice(), drafts, asker, counts);
    const history = { ids, promptLength: drafter.promptLength };
    const taken: number[] = [];
    let ended = false;
    for (let at = 0; at <= drafts.length && !ended; at++) {
      const p = sampler.distribution(await verifier.logits(at), history);
      for (let i = 0; i < sampler.stages.length; i++) sampler.random.next(); // distribution() uses up no chance, and stages may
      const drafted = drafts[at];
      const verdict = drafted === undefined ? { id: draw(p, chance), accepted: false } : judge(p, drafter.distributions[at], drafted, chance);
      if (drafted !== undefined) {
        counts.tested++;
        if (verdict.accepted) counts.accepted++;
        counts.acceptanceRate = counts.accepted / counts.tested;
      }
      sampler.accept(verdict.id);
      ended = stops.has(verdict.id);
      if (!ended) {
        ids.push(verdict.id);
        taken.push(verdict.id);
        ended = stopWhen?.(ids) ?? false;
      }
      if (!verdict.accepted) break;
    }
    // Given out only now: whoever gets them may ask the models something else, and the logits would be gone.
    for (const id of taken) {
      counts.tokens++;
      yield id;
    }
    if (ended) return;
  }
}

/** Guesses, and remembers with which probabilities. */
class Drafter {
  readonly promptLength: number;
  /** What each of the last drafts was drawn from. */
  readonly distributions: Float32Array[];
  readonly #model: NextTokenModel;
  readonly #asker: Asker;
  readonly #counts: Counts;

  constructor(model: NextTokenModel, length: number, promptLength: number, asker: Asker, counts: Counts) {
    this.#model = model;
    this.distributions = Array.from({ length }, () => new Float32Array(model.vocabSize));
    this.promptLength = promptLength;
    this.#asker = asker;
    this.#counts = counts;
  }

  /** Up to `length` tokens; fewer if one of them ends the text, or if the draft model knows nothing that the sampler allows. */
  async draft(ids: readonly number[], sampler: Sampler, chance: Random, length: number, stops: ReadonlySet<number>): Promise<number[]> {
    const context = [...ids];
    const history = { ids: context, promptLength: this.promptLength };
    const drafts: number[] = [];
    while (drafts.length < length) {
      const logits = await this.#asker.next(this.#model, context);
      this.#counts.draftCalls++;
      try {
        sampler.distribution(logits, history, this.distributions[drafts.length]);
      } catch (error) {
        // All that the sampler allows is impossible for this model; anything else is a fault and goes on upwards.
        if (!(error instanceof RangeError) || logits.some((logit) => !(logit < Infinity))) throw error;
        this.#counts.emptyDrafts++;
        break;
      }
      const id = draw(this.distributions[drafts.length], chance);
      this.#counts.drafted++;
      drafts.push(id);
      if (stops.has(id)) break;
      sampler.accept(id);
      context.push(id);
    }
    return drafts;
  }
}

/** The target's logits behind a context and each of the drafts: all at once where it can, otherwise when they are needed. */
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
      const expected = this.#drafts.length + 1;
      if (this.#rows.length !== expected) throw new RangeError(`nextMany() gave ${this.#rows.length} rows of logits for ${this.#drafts.length} further ids, expected ${expected}`);
    }
    const row = this.#rows[at];
    checkLogits(row, target.vocabSize);
    return row;
  }
}

/** Keeps a drafted token or replaces it, so that the result is distributed as p. */
function judge(p: Float32Array, q: Float32Array, drafted: number, chance: Random): { id: number; accepted: boolean } {
  if (chance.next() * q[drafted] < p[drafted]) return { id: drafted, accepted: true };
  const rest = p.map((probability, id) => Math.max(0, probability - q[id]));
  // Where rounding leaves nothing over, both are the same.
  return { id: draw(rest.some((weight) => weight > 0) ? rest : p, chance), accepted: false };
}

/** An id drawn with these weights, at least one of them above 0. */
function draw(weights: Float32Array, chance: Random): number {
  let total = 0;
  for (const weight of weights) total += weight;
  const target = chance.next() * total;
  let reached = 0;
  let chosen = -1;
  for (let id = 0; id < weights.length && reached <= target; id++) {
    if (weights[id] > 0) chosen = id;
    reached += weights[id];
  }
  return chosen;
}
