// Chapter 8: continues a text under several settings at once, one token of each in a step.
import { storySeparator } from '@kk/corpora';
import { huggingFace, Sampler } from '@kk/sampler';
import { samplingOptions, type Sampling } from '../../chapters/08-continue/sampling.js';
import { tokenPieces, type TokenPiece } from '../../figures/token-pieces.js';
import { defineJob } from '../job.js';
import { sizeOf, type ModelSize } from '../model-size.js';
import { promptOf } from '../model-text.js';

export interface ContinuationInput {
  model: string;
  prompt: string;
  /** The settings of each text. */
  samplings: Sampling[];
  /** The same for all texts. */
  seed: number;
  /** How many tokens are written at most; a story may end before. */
  length: number;
}

export interface Continuation extends ModelSize {
  texts: { pieces: TokenPiece[]; isDone: boolean }[];
}

export default defineJob(async function* (input: ContinuationInput, tools): AsyncGenerator<Continuation, Continuation> {
  const model = await tools.model(input.model);
  const prompt = promptOf(model, input.prompt);
  const bytesOf = (id: number): Uint8Array => model.tokenizer.tokenBytes(id);
  const writers = input.samplings.map((sampling) => ({
    decoder: model.decoder(),
    sampler: new Sampler(huggingFace(samplingOptions(sampling)), { seed: input.seed }),
    ids: [...prompt],
    isDone: false,
  }));
  const state = (): Continuation => ({
    texts: writers.map(({ ids, isDone }) => ({ pieces: tokenPieces(ids, bytesOf).slice(prompt.length), isDone })),
    ...sizeOf(model.gpt.config),
  });
  try {
    for (let length = 0; length < input.length && writers.some(({ isDone }) => !isDone); length++) {
      for (const writer of writers) {
        if (writer.isDone) continue;
        const logits = await writer.decoder.next(writer.ids);
        const id = writer.sampler.sample(logits, { ids: writer.ids, promptLength: prompt.length });
        writer.sampler.accept(id);
        writer.ids.push(id);
        writer.isDone = model.tokenizer.decode(writer.ids.slice(prompt.length).slice(-2)).includes(storySeparator);
        if (writer.isDone) writer.ids.pop(); // the end of the story is not shown
        await tools.breathe();
      }
      yield state();
    }
    for (const writer of writers) writer.isDone = true;
    yield state();
    return state();
  } finally {
    for (const { decoder } of writers) decoder.dispose();
  }
});
