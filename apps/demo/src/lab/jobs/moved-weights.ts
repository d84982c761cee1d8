// Chapter 9: tunes a model and tells at every look how far each of its matrices has moved; at the end, how large the file is that one would
// take away, and what the model answers with its adapter switched off.
import { toPeft } from '@kk/finetune';
import { toSafetensors } from '@kk/gpt';
import { writeSafetensors } from '@kk/nn-core';
import { defineJob } from '../job.js';
import { writeAnswer, writtenText } from '../tuning/answer.js';
import { placeOf, tunedModel } from '../tuning/kept.js';
import { matricesOf, movedMatrices, type MovedMatrix } from '../tuning/moved.js';
import { withOwnKeep } from '../tuning/own-keep.js';
import type { PreparedModel } from '../tuning/prepare.js';
import { modelOf } from '../tuning/recipe.js';
import tuningJob, { type Tuning, type TuningInput } from './tuning.js';

export interface MovedWeights {
  tuning: Tuning;
  matrices: readonly MovedMatrix[];
  /** Only when all steps are done. */
  end: {
    /** Bytes of the file that one takes away: of the adapter's tensors, or of the whole model's weights. */
    bytes: number;
    /** The answers with the adapter switched off; null where there is none. */
    switchedOff: readonly string[] | null;
  } | null;
}

/** `addLora` multiplies the product of the two narrow matrices with alpha / rank, and alpha is the rank here. */
const SCALE = 1;

export default defineJob(async function* (input: TuningInput, shared): AsyncGenerator<MovedWeights, MovedWeights> {
  const { recipe, asked } = input;
  const tools = withOwnKeep(shared);
  const base = await tools.model(modelOf(recipe.language));
  const before = await matricesOf(base.gpt);
  const place = await placeOf(tools, recipe);
  let state: MovedWeights | undefined;
  for await (const tuning of tuningJob(input, tools)) {
    const isNew = tuning.looks.length !== state?.tuning.looks.length;
    yield (state = { tuning, matrices: isNew ? movedMatrices(before, place.weights, SCALE) : state!.matrices, end: null });
  }
  const model = await tunedModel(tools, { recipe, after: state!.tuning.step });
  try {
    const bytes = await bytesOf(model);
    let switchedOff: string[] | null = null;
    if (model.adapter) {
      model.adapter.disable();
      switchedOff = [];
      for (const prompt of asked.prompts) {
        const { ids } = await writeAnswer(tools, model.gpt, base.tokenizer, prompt, { ...asked, seed: recipe.seed });
        switchedOff.push(writtenText(base.tokenizer, ids));
      }
    }
    yield (state = { ...state!, end: { bytes, switchedOff } });
    return state;
  } finally {
    model.dispose();
  }
});

async function bytesOf({ gpt, adapter }: PreparedModel): Promise<number> {
  return adapter ? writeSafetensors((await toPeft(adapter)).tensors).length : (await toSafetensors(gpt)).length;
}
