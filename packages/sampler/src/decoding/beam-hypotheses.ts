// Collects the finished texts of a beam search and decides when it can stop, as BeamHypotheses of Hugging Face transformers.

export interface Hypothesis {
  readonly ids: readonly number[];
  readonly logProbability: number;
  readonly stopToken: number | undefined;
}

export interface ScoredHypothesis extends Hypothesis {
  readonly score: number;
}

interface Rules {
  /** The maximum number of texts. */
  readonly size: number;
  readonly lengthPenalty: number;
  readonly earlyStopping: boolean | 'never';
  readonly maxTokens: number;
}

export class BeamHypotheses {
  readonly #rules: Rules;
  /** Best first. */
  readonly #kept: ScoredHypothesis[] = [];

  constructor(rules: Rules) {
    this.#rules = rules;
  }

  get all(): readonly ScoredHypothesis[] {
    return this.#kept;
  }

  /** Keeps a text if it is one of the best. */
  add(hypothesis: Hypothesis): void {
    const length = hypothesis.ids.length + (hypothesis.stopToken === undefined ? 0 : 1);
    this.#kept.push({ ...hypothesis, score: this.#score(hypothesis.logProbability, length) });
    this.#kept.sort((a, b) => b.score - a.score);
    if (this.#kept.length > this.#rules.size) this.#kept.pop();
  }

  /**
   * Whether the search can stop.
   *
   * @param best the highest sum of log-probabilities of this step
   * @param length the number of tokens of the unfinished texts
   */
  isDone(best: number, length: number): boolean {
    const { size, earlyStopping, lengthPenalty, maxTokens } = this.#rules;
    if (this.#kept.length < size) return false;
    if (earlyStopping === true) return true;
    const longest = earlyStopping === 'never' && lengthPenalty > 0 ? maxTokens : length;
    return this.#kept[size - 1].score >= this.#score(best, longest);
  }

  #score(logProbability: number, length: number): number {
    return logProbability / length ** this.#rules.lengthPenalty;
  }
}
