// The table of rotary positions that the attention layers of one model share. It has no weights.
import { rotaryEmbedding, rotaryTable, type Engine, type Tensor } from '@kk/nn-core';
import { rotaryFrequencies, type RotaryFrequencyOptions } from './rotary.js';

export interface RotaryPositionsOptions extends RotaryFrequencyOptions {
  /** Numbers per head, even; all of them turn. */
  headSize: number;
  /** How many positions there are. */
  contextLength: number;
}

export class RotaryPositions {
  readonly headSize: number;
  readonly contextLength: number;
  readonly #table: Tensor;

  /** @throws RangeError when a size, the base or the scaling cannot be */
  constructor(engine: Engine, { headSize, contextLength, ...options }: RotaryPositionsOptions) {
    this.headSize = headSize;
    this.contextLength = contextLength;
    this.#table = engine.keep(rotaryTable(engine, { positions: contextLength, frequencies: rotaryFrequencies(headSize, options) }));
  }

  /**
   * Turns each head of queries or keys. Number i of a head is paired with number i + headSize / 2, as in Llama and GPT-NeoX.
   * @param x (batch, time, heads * headSize)
   * @param start the position of the first row of each sequence
   * @returns the shape of x
   * @throws RangeError when a position is not below the context length
   */
  rotate(x: Tensor, start = 0): Tensor {
    return rotaryEmbedding(x, this.#table, { headSize: this.headSize, start });
  }

  dispose(): void {
    this.#table.dispose();
  }
}
