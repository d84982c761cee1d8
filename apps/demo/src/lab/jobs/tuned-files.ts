// Chapter 9: the files of a tuned model, which other programs load: the whole model as a Hugging Face folder, and its adapter as PEFT writes it.
import { toPeft } from '@kk/finetune';
import { toHuggingFaceConfig, toSafetensors } from '@kk/gpt';
import { writeSafetensors } from '@kk/nn-core';
import type { ModelFacts, ModelFileName } from '../../storage/own-models.js';
import { defineJob } from '../job.js';
import { sizeOf } from '../model-size.js';
import { tunedModel } from '../tuning/kept.js';
import type { TunedState } from '../tuning/recipe.js';

export interface TunedFiles {
  model: Record<ModelFileName, Blob>;
  facts: ModelFacts;
  /** Only where the way is LoRA. */
  adapter?: Record<'adapter_config.json' | 'adapter_model.safetensors', Blob>;
}

export default defineJob(async function* (state: TunedState, tools): AsyncGenerator<'model made', TunedFiles> {
  const { gpt, adapter, base, dispose } = await tunedModel(tools, state);
  try {
    yield 'model made';
    const files: Pick<TunedFiles, 'adapter'> = {};
    if (adapter) {
      const { config, tensors } = await toPeft(adapter, { baseModel: base.name });
      files.adapter = { 'adapter_config.json': new Blob([config]), 'adapter_model.safetensors': blob(writeSafetensors(tensors)) };
      await tools.breathe();
      adapter.mergeAndRemove();
    }
    const { layers, heads, width, contextLength, vocabSize } = gpt.config;
    return {
      ...files,
      model: {
        'config.json': new Blob([`${JSON.stringify(toHuggingFaceConfig(gpt.config), null, 2)}\n`]),
        'tokenizer.json': new Blob([JSON.stringify(base.tokenizer.toJSON())]),
        'model.safetensors': blob(await toSafetensors(gpt)),
      },
      facts: { ...sizeOf(gpt.config), layers, heads, width, contextLength, vocabSize },
    };
  } finally {
    dispose();
  }
});

const blob = (bytes: Uint8Array): Blob => new Blob([bytes as Uint8Array<ArrayBuffer>]);
