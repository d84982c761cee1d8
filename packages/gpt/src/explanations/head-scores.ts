// Tells in five numbers what each head of a model does.
import { attentionEntropy, firstTokenScores, inductionLinks, inductionScores, meanAttentionDistance, previousTokenScores } from '@kk/attention';
import type { Transformer } from '../model/transformer.js';
import { inspect } from './inspection.js';
import type { Interventions } from './interventions.js';

/** Each [layer][head], the mean over texts. */
export interface HeadScores {
  /** In nats. */
  readonly entropy: number[][];
  /** In positions. */
  readonly meanDistance: number[][];
  /** From 0 to 1. */
  readonly previousToken: number[][];
  /** From 0 to 1. */
  readonly firstToken: number[][];
  /** From 0 to 1, over the texts in which a token occurs twice; null when there is none. */
  readonly induction: number[][] | null;
}

/**
 * The scores of `@kk/attention` for all heads. It costs a forward pass and the weights of all heads for each text.
 * @param texts the ids of one or more texts, each of 2 to contextLength tokens; for induction heads `repeatedTokens` makes the usual ones
 * @throws RangeError when there is no text, or one does not fit the model
 */
export async function headScores(model: Transformer, texts: readonly ArrayLike<number>[], interventions: Interventions = {}): Promise<HeadScores> {
  if (texts.length === 0) throw new RangeError('headScores: there is no text: give the token ids of one or more.');
  const found: { entropy: number[][][]; meanDistance: number[][][]; previousToken: number[][][]; firstToken: number[][][]; induction: number[][][] } = { entropy: [], meanDistance: [], previousToken: [], firstToken: [], induction: [] };
  for (const ids of texts) {
    const inspection = inspect(model, ids, interventions);
    const patterns = await inspection.patterns();
    inspection.dispose();
    found.entropy.push(attentionEntropy(patterns));
    found.meanDistance.push(meanAttentionDistance(patterns));
    found.previousToken.push(previousTokenScores(patterns));
    found.firstToken.push(firstTokenScores(patterns));
    if (inductionLinks(ids).length > 0) found.induction.push(inductionScores(patterns, ids));
  }
  return {
    entropy: meanOf(found.entropy),
    meanDistance: meanOf(found.meanDistance),
    previousToken: meanOf(found.previousToken),
    firstToken: meanOf(found.firstToken),
    induction: found.induction.length === 0 ? null : meanOf(found.induction),
  };
}

function meanOf(tables: readonly number[][][]): number[][] {
  return tables[0]!.map((row, layer) => row.map((_, head) => tables.reduce((sum, table) => sum + table[layer]![head]!, 0) / tables.length));
}
