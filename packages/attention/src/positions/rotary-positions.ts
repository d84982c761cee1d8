// Holds the table of rotary positions that the attention layers of one model share. It has no weights.
import { checkOptions, rotaryEmbedding, rotaryTable, type Engine, type OptionNames, type Tensor } from '@kk/nn-core';
import { checkWhole } from './check-whole.js';
import { rotaryFrequencies, type RotaryFrequencyOptions } from './rotary.js';

export interface RotaryPositionsOptions extends RotaryFrequencyOptions {
  /** Numbers per head, even; all of them turn. */
  headSize: number;
  /** How many positions there are: at least 1. */
  contextLength: number;
}

const OPTIONS: OptionNames<RotaryPositionsOptions> = { headSize: 'required', contextLength: 'required', base: 'optional', scaling: 'optional' };

export class RotaryPositions {
  readonly headSize: number;
  readonly contextLength: number;
  readonly #table: Tensor;

  /** @throws RangeError when a size, the base or the scaling cannot be; TypeError when an option is unknown or missing */
  constructor(engine: Engine, options: RotaryPositionsOptions) {
    checkOptions('RotaryPositions', options, OPTIONS);
    const { headSize, contextLength, ...frequencies } = options;
    checkWhole('RotaryPositions', 'headSize', headSize, 2, true);
    checkWhole('RotaryPositions', 'contextLength', contextLength, 1);
    this.headSize = headSize;
    this.contextLength = contextLength;
    this.#table = engine.keep(rotaryTable(engine, { positions: contextLength, frequencies: rotaryFrequencies(headSize, frequencies) }));
  }

  /**
   * Turns each head of queries or keys. Number i of a head is paired with number i + headSize / 2, as in Llama and GPT-NeoX.
   * @param x (batch, time, heads * headSize)
   * @param positions the position of the first row of each sequence, or int32 (batch, time): that of each row
   * @returns the shape of x
   * @throws RangeError when a position is not below the context length
   */
  rotate(x: Tensor, positions: number | Tensor = 0): Tensor {
    return rotaryEmbedding(x, this.#table, { headSize: this.headSize, ...(typeof positions === 'number' ? { start: positions } : { positions }) });
  }

  /**
   * Moves keys that `rotate` has turned to earlier positions: turns them back by `distance` positions.
   * @param x (batch, time, columns), whose first `heads` heads are keys; what is behind them stays
   */
  turnBack(x: Tensor, distance: number, heads: number): Tensor {
    const [batch, time] = x.shape as [number, number, number];
    const positions = x.engine.tensor(new Int32Array(batch * time).fill(distance), [batch, time], 'int32');
    return rotaryEmbedding(x, this.#table, { headSize: this.headSize, heads, positions, backwards: true });
  }

  dispose(): void {
    this.#table.dispose();
  }
}
