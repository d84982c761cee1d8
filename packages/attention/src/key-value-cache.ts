// Keeps the keys and values of earlier positions of several sequences, so that generation computes each position only once. Sequences have
// their own lengths; they come, fork, are cut and go one by one.
import { cachePlaces, checkOptions, slice, writeCache, type CachePlaces, type CacheRun, type Engine, type OptionNames, type Tensor } from '@kk/nn-core';
import { CachedSequence } from './cached-sequence.js';
import type { RotaryPositions } from './positions/rotary-positions.js';

export interface KeyValueCacheOptions {
  layers: number;
  /** How many sequences it can hold at a time; default 1. */
  sequences?: number;
  /** Positions for each of them. */
  capacity: number;
  /** The width of the keys of a position, and of its values: keyValueHeads * headSize. */
  width: number;
  /** The rotary positions by which the keys are turned, if they are: then `CachedSequence.evict` works. */
  rotary?: RotaryPositions;
}

const OPTIONS: OptionNames<KeyValueCacheOptions> = { layers: 'required', sequences: 'optional', capacity: 'required', width: 'required', rotary: 'optional' };

/** Numbers in a tensor, at most: engines count them with 32 bits. */
const MOST_NUMBERS = 2 ** 31 - 1;

/** How many new positions each sequence gets in one step of decoding. */
export interface CachePart {
  readonly sequence: CachedSequence;
  readonly count: number;
}

/**
 * Memory is taken at once and never grows: 8 bytes (two floats) for each layer, sequence, position and column of `width`; `bytes` says how
 * many. A sequence that is disposed of makes room for another.
 */
export class KeyValueCache {
  /** One tensor per layer, (sequences, capacity, 2 * width): of each position its keys, then its values. */
  readonly layers: readonly Tensor[];
  readonly sequences: number;
  readonly capacity: number;
  readonly width: number;
  readonly #engine: Engine;
  readonly #rotary: RotaryPositions | undefined;
  /** The numbers of sequences that were disposed of. No list of all: it would take memory for each sequence that there may be. */
  readonly #givenBack: number[] = [];
  /** The least number that no sequence has had. */
  #fresh = 0;

  /** @throws RangeError when a size is no whole number of at least 1, or the engine cannot hold the cache; TypeError when an option is unknown or missing */
  constructor(engine: Engine, options: KeyValueCacheOptions) {
    checkOptions('KeyValueCache', options, OPTIONS);
    const { layers, sequences = 1, capacity, width, rotary } = options;
    for (const [name, size] of Object.entries({ layers, sequences, capacity, width })) {
      if (!Number.isSafeInteger(size) || size < 1) throw new RangeError(`KeyValueCache: ${name} is ${String(size)}; expected a whole number of at least 1.`);
    }
    this.sequences = sequences;
    this.capacity = capacity;
    this.width = width;
    this.#engine = engine;
    this.#rotary = rotary;
    this.layers = this.#makeLayers(layers);
  }

  /** The memory that it takes, in bytes of 4-byte floats. */
  get bytes(): number {
    return this.layers.length * this.#bytesOfLayer;
  }

  /** How many further sequences there is room for. */
  get room(): number {
    return this.sequences - this.#fresh + this.#givenBack.length;
  }

  /**
   * An empty sequence.
   * @throws RangeError when all are in use
   */
  add(): CachedSequence {
    if (this.room === 0) throw new RangeError(`KeyValueCache: all ${this.sequences} sequences are in use: dispose of one first, or make the cache for more.`);
    const number = this.#givenBack.pop() ?? this.#fresh++;
    return new CachedSequence(this, number, {
      copyTo: (target, length) => this.#copy(number, 0, length, target.number, 0),
      remove: (first, count, length) => this.#remove(number, first, count, length),
      release: () => void this.#givenBack.push(number),
    });
  }

  /**
   * Where the new rows of a step belong: first those of the first part, and so on. Call `advance` when all layers have run.
   * They hold as long as each sequence stays as it is: `cachedAttention` refuses them later, for another sequence may have its place.
   * @throws RangeError when a part does not fit, TypeError when a sequence belongs to another cache or was disposed of
   */
  places(parts: readonly CachePart[]): CachePlaces {
    for (const { sequence } of parts) sequence.expectUsable(this);
    const runs = parts.map(({ sequence, count }) => new SequenceRun(sequence, count));
    return cachePlaces(this.#engine, runs, { sequences: this.sequences, capacity: this.capacity });
  }

  get #bytesOfLayer(): number {
    return this.sequences * this.capacity * this.width * 8;
  }

  #makeLayers(count: number): Tensor[] {
    const { sequences, capacity, width } = this;
    const size = `KeyValueCache: ${sequences} sequences of ${capacity} positions and width ${width} take ${this.#bytesOfLayer} bytes in each layer, ${count * this.#bytesOfLayer} in all ${count}`;
    const advice = 'choose fewer sequences or a smaller capacity.';
    if (2 * sequences * capacity * width > MOST_NUMBERS) throw new RangeError(`${size}; a layer can have at most ${4 * MOST_NUMBERS}: ${advice}`);
    const layers: Tensor[] = [];
    try {
      while (layers.length < count) layers.push(this.#engine.keep(this.#engine.zeros([sequences, capacity, 2 * width])));
    } catch (cause) {
      for (const layer of layers) layer.dispose();
      if (!(cause instanceof RangeError)) throw cause; // not for want of memory
      throw new RangeError(`${size}, and the engine gave only ${layers.length} layers: ${advice} (${cause.message})`, { cause });
    }
    return layers;
  }

  dispose(): void {
    for (const tensor of this.layers) tensor.dispose();
  }

  /** Removes positions [first, first + count) of `length`: those behind are moved there, and their keys are turned back by `count` positions. */
  #remove(number: number, first: number, count: number, length: number): void {
    const rotary = this.#rotary;
    if (!rotary) {
      throw new Error(
        'KeyValueCache: positions can be evicted only where they are rotary, for then the keys behind can be turned to their new places. Keys with learned positions cannot: truncate(0), and run the model over the last part of the text again.',
      );
    }
    this.#copy(number, first + count, length - first - count, number, first, (entries) => rotary.turnBack(entries, count, this.width / rotary.headSize));
  }

  #copy(from: number, first: number, count: number, to: number, toFirst: number, change = (entries: Tensor): Tensor => entries): void {
    if (count === 0) return;
    const engine = this.#engine;
    engine.noGradient(() => {
      for (const layer of this.layers) engine.scope(() => writeCache(change(slice(slice(layer, 0, from, 1), 1, first, count)), layer, to, toFirst));
    });
  }
}

/** New rows of a sequence, which are refused once it has changed: its place may belong to another one then. */
class SequenceRun implements CacheRun {
  readonly #sequence: CachedSequence;
  readonly #past: number;
  readonly count: number;

  constructor(sequence: CachedSequence, count: number) {
    this.#sequence = sequence;
    this.#past = sequence.length;
    this.count = count;
  }

  get sequence(): number {
    this.#sequence.expectUsable(this.#sequence.cache);
    return this.#sequence.number;
  }

  /** `cachedAttention` reads it of all runs before it writes the rows of the first. */
  get past(): number {
    this.#sequence.expectUsable(this.#sequence.cache);
    if (this.#sequence.length !== this.#past) throw new RangeError(`KeyValueCache: these places follow ${this.#past} positions of a sequence that has ${this.#sequence.length} now: make new ones with places().`);
    return this.#past;
  }
}
