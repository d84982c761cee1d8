// The texts that a model is trained on: fresh stories for every window, so that nothing can be learned by heart.
//
// A window that begins inside a story cannot know its plot. So most windows begin at a separator, as a text does, and hold a whole story and the
// beginning of the next. Some begin at a story's first word, as a prompt without a separator does; some at any word, as a context that has slid on.
import { stories, storySeparator } from '@kk/corpora';
import { Random } from '@kk/nn-core';
import type { Tokenizer } from '@kk/tokenizer';
import { storySeeds, type Recipe } from './recipe.js';

export interface Windows {
  readonly inputs: Int32Array;
  /** At each place the next token. */
  readonly targets: Int32Array;
  readonly shape: [rows: number, time: number];
}

/** The windows of a step, from 0: they depend on nothing else, so that a training can go on after an interruption. */
export function windowsOf({ language, model: { contextLength }, training: { seed }, windows }: Recipe, tokenizer: Tokenizer, step: number): Windows {
  const { batchSize } = windows;
  const random = new Random({ seed, stream: step });
  const inputs = new Int32Array(batchSize * contextLength);
  const targets = new Int32Array(batchSize * contextLength);
  for (let row = 0; row < batchSize; row++) {
    const source = stories(language, { seed: seed * storySeeds.perRun + step * batchSize + row });
    let text = beginning(source.next().value, random, windows);
    let ids = tokenizer.encode(text);
    while (ids.length <= contextLength) {
      text += source.next().value + storySeparator;
      ids = tokenizer.encode(text);
    }
    inputs.set(ids.slice(0, contextLength), row * contextLength);
    targets.set(ids.slice(1, contextLength + 1), row * contextLength);
  }
  return { inputs, targets, shape: [batchSize, contextLength] };
}

function beginning(story: string, random: Random, { atStory, atWord }: Recipe['windows']): string {
  const share = random.uniform();
  if (share < atStory) return story + storySeparator;
  if (share >= atStory + atWord) return storySeparator + story + storySeparator;
  const cut = story.indexOf(' ', random.integer(story.length - 1));
  return story.slice(cut + 1) + storySeparator;
}
