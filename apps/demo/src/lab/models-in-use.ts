// The models that are loaded in the worker, and who uses them: the tensors of one that nobody uses are given back when others need room.
import { countParameters } from '@kk/gpt';
import type { ReadyModel } from './ready-model.js';

/** Models that nobody uses stay as long as all together have at most this many weights: the shipped ones do, a large one of the visitor's does not. */
const MOST_WEIGHTS = 12_000_000;

interface Loaded {
  model: Promise<ReadyModel>;
  /** How many weights it has, once it is loaded. */
  weights: number;
  users: number;
}

export class ModelsInUse {
  readonly #load: (name: string, onProgress: (share: number) => void) => Promise<ReadyModel>;
  readonly #mostWeights: number;
  /** The most recently used last. */
  readonly #loaded = new Map<string, Loaded>();

  constructor(load: (name: string, onProgress: (share: number) => void) => Promise<ReadyModel>, mostWeights = MOST_WEIGHTS) {
    this.#load = load;
    this.#mostWeights = mostWeights;
  }

  /** The model of this name, loaded once. Whoever takes it gives it back when it is no longer used. */
  async take(name: string, onProgress: (share: number) => void): Promise<ReadyModel> {
    const loaded = this.#loaded.get(name) ?? { model: this.#load(name, onProgress), weights: 0, users: 0 };
    this.#loaded.delete(name);
    this.#loaded.set(name, loaded);
    loaded.users++;
    try {
      const model = await loaded.model;
      loaded.weights = countParameters(model.gpt.config);
      await this.#makeRoom();
      return model;
    } catch (error) {
      if (this.#loaded.get(name) === loaded) this.#loaded.delete(name); // so that the next try reads the files again
      throw error;
    }
  }

  async giveBack(name: string): Promise<void> {
    this.#loaded.get(name)!.users--;
    await this.#makeRoom();
  }

  /** Lets go of those that have not been used for longest; never of the newest. */
  async #makeRoom(): Promise<void> {
    const [newest] = [...this.#loaded.values()].slice(-1);
    let weights = [...this.#loaded.values()].reduce((sum, loaded) => sum + loaded.weights, 0);
    for (const [name, loaded] of this.#loaded) {
      if (weights <= this.#mostWeights) return;
      if (loaded.users > 0 || loaded === newest) continue;
      this.#loaded.delete(name);
      weights -= loaded.weights;
      (await loaded.model).dispose();
    }
  }
}
