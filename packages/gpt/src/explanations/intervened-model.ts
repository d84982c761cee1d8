// Lets a model write under interventions, to show what a text becomes without a head, or without an order.
import type { NextTokenModel } from '@kk/sampler';
import { slice } from '@kk/nn-core';
import type { Transformer } from '../model/transformer.js';
import { runBlocks, withPositions } from './forward-with.js';
import { checkInterventions, type Interventions } from './interventions.js';

/** What holds for a text of any length: links and lists of positions name places in one text. */
export type LastingInterventions = Pick<Interventions, 'headsOff' | 'maskLifted'> & { readonly positions?: 'none' };

/**
 * The model as a `NextTokenModel` of @kk/sampler, changed. It has no cache: each token costs a forward pass of all tokens so far, at most
 * contextLength. With the mask lifted a position sees those after it, which were written later.
 * @throws RangeError when a layer or a head does not exist; TypeError when a name is unknown
 */
export function intervenedModel(model: Transformer, interventions: LastingInterventions): NextTokenModel {
  checkInterventions(model, 0, interventions);
  const { engine, config } = model;
  return {
    vocabSize: config.vocabSize,
    async next(context) {
      if (context.length === 0) throw new RangeError('intervenedModel: the context is empty; a model needs at least one token to continue.');
      const ids = Array.from(context).slice(-config.contextLength);
      const logits = engine.noGradient(() =>
        engine.scope(() => {
          const start = withPositions(model, model.tokens.forward(engine.tensor(ids, [1, ids.length], 'int32')), interventions);
          return model.logits(slice(runBlocks(model, start, interventions).at(-1)!.stream, 1, ids.length - 1, 1));
        }),
      );
      const values = await logits.data();
      logits.dispose();
      return Float32Array.from(values);
    },
  };
}
