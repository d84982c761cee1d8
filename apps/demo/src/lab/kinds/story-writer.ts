// The stories of a GPT as one text that only grows: a longer one begins with the shorter one, and figures that ask for it share the work.
import { storySeparator } from '@kk/corpora';
import type { ReadyModel } from '../ready-model.js';
import { tellStory } from './tell-story.js';

export class StoryWriter {
  /** What is written so far: whole stories, each with the blank line after it. */
  text = '';
  /** Another object of the same model when it was loaded anew; only when nobody waits for a story. */
  model: ReadyModel;
  readonly #seed: number;
  #story: AsyncGenerator<string, void, void> | null = null;
  #unfinished = '';
  #stories = 0;
  #users = 0;
  #busy: Promise<void> = Promise.resolve();

  constructor(model: ReadyModel, seed: number) {
    this.model = model;
    this.#seed = seed;
  }

  /** Writes until the text has this many characters, and yields after each token how many there are. */
  async *writeTo(length: number): AsyncGenerator<number, void, void> {
    this.#users++;
    try {
      while (this.text.length < length) {
        await this.#next(() => this.#step());
        yield this.text.length + this.#unfinished.length;
      }
    } finally {
      this.#users--;
      await this.#next(() => this.#drop());
    }
  }

  /** A story that nobody waits for any more is dropped; whoever comes back gets the same one from its beginning. */
  async #drop(): Promise<void> {
    if (this.#users > 0) return;
    await this.#story?.return();
    this.#story = null;
    this.#unfinished = '';
  }

  async #step(): Promise<void> {
    this.#story ??= tellStory(this.model, { seed: this.#seed, number: this.#stories });
    const { done, value } = await this.#story.next();
    if (!done) {
      this.#unfinished = value;
      return;
    }
    this.text += this.#unfinished + storySeparator;
    this.#unfinished = '';
    this.#story = null;
    this.#stories++;
  }

  /** One after the other, whoever asks. */
  #next(work: () => Promise<void>): Promise<void> {
    this.#busy = this.#busy.catch(() => {}).then(work);
    return this.#busy;
  }
}
