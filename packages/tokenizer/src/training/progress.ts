// Says how far a training is. A type only.

export interface TrainingProgress {
  /** The number of tokens so far. */
  tokens: number;
  /** The wanted number of tokens; training may end below it. */
  vocabSize: number;
}
