// Gives the token embeddings and the output layer of a model more or fewer rows, for a tokenizer that got new special tokens.
import { OutputEmbedding, TokenEmbedding } from '@kk/embeddings';
import { checkOptions, concatenate, QuantizedLinear, Random, slice, type OptionNames, type Tensor } from '@kk/nn-core';
import { areFinite } from './finite.js';
import { GPT } from './gpt.js';
import { Llama } from './llama.js';
import type { Transformer, TransformerConfig } from './transformer.js';

export interface ResizeOptions {
  /**
   * How much the new rows differ from the mean of the old ones, and so from each other: their standard deviation in each column, as a share
   * of that of the old rows. 0 or more; default 0.01.
   */
  noise?: number;
  /** Determines the noise: a whole number of 0 or more, default 0. */
  seed?: number;
}

const NAMES: OptionNames<ResizeOptions> = { noise: 'optional', seed: 'optional' };

/** What holds a table (vocabSize, width). */
type TableLayer = TokenEmbedding | OutputEmbedding;

/**
 * Changes, in place, how many tokens a model knows: the rows of its token embeddings and of its output layer, tied or with a table of its
 * own. The rows that stay keep their bits, so the logits of their tokens stay the same. With fewer rows the last ones are lost.
 *
 * New rows begin as the mean of the old ones with a little noise (Hewitt 2021, "Initializing new word embeddings for pretrained language
 * models"). The logit of a new token is then close to the mean of the old logits, for every text. So no new token gets more than about
 * 1 / vocabSize of the probability, and what the model writes hardly changes. Small random rows would get logits near 0 instead, which can
 * be far above all others.
 *
 * Frozen tables stay frozen. Trainers, optimizers and decoders that were made before belong to the old tables, whose memory is freed with
 * the last trainer that uses them: dispose of them, and make new ones. A new optimizer begins without moments.
 * @param vocabSize the new number of rows: that of the tokenizer, or more
 * @returns the same model, with a new `config`
 * @throws TypeError when the model is neither GPT nor Llama, or an option is unknown; RangeError when vocabSize or an option is out of range;
 * Error when the model has an int8 output layer or tables of another kind, or holds numbers that are not finite. The model is then unchanged
 */
export async function resizeVocabulary<M extends Transformer>(model: M, vocabSize: number, options: ResizeOptions = {}): Promise<M> {
  const { noise, random } = checkArguments(model, vocabSize, options);
  const layers = tableLayersOf(model);
  const oldTables = [...new Set(layers.map(({ weight }) => weight))]; // one where they are tied
  const added = vocabSize - model.config.vocabSize;
  if (added === 0) return model;
  const newRows: Float64Array[] = [];
  for (const table of oldTables) newRows.push(added > 0 ? await rowsLike(table, added, noise, random) : new Float64Array(0));

  // From here on nothing is awaited, so that no training step comes in between; and nothing is changed before all tables are there.
  const { engine } = model;
  const newTables = engine.scope(() => engine.noGradient(() => oldTables.map((table, i) => resized(table, vocabSize, newRows[i]!))));
  for (const layer of layers) {
    const open: { weight: Tensor } = layer; // readonly for everyone else
    open.weight = newTables[oldTables.indexOf(layer.weight)]!;
  }
  newTables.forEach((table, i) => takePlaceOf(oldTables[i]!, table));
  const open: { config: TransformerConfig } = model;
  open.config = { ...model.config, vocabSize };
  return model;
}

function checkArguments(model: Transformer, vocabSize: number, options: ResizeOptions): { noise: number; random: Random } {
  if (!((model as unknown) instanceof GPT || (model as unknown) instanceof Llama)) throw new TypeError(`resizeVocabulary got ${shown(model)} as its model; expected a GPT or a Llama.`);
  if (!Number.isSafeInteger(vocabSize) || vocabSize < 1) throw new RangeError(`resizeVocabulary: vocabSize is ${shown(vocabSize)}; expected a whole number of at least 1: give the vocabSize of the tokenizer.`);
  checkOptions('resizeVocabulary', options, NAMES);
  const { noise = 0.01, seed = 0 } = options;
  if (typeof noise !== 'number' || !(noise >= 0 && noise < Infinity)) throw new RangeError(`resizeVocabulary: noise is ${shown(noise)}; expected a number of at least 0, as 0.01.`);
  return { noise, random: new Random(seed) };
}

const shown = (value: unknown): string => (typeof value === 'string' ? JSON.stringify(value) : String(value));

/** @throws Error when another layer has taken the place of one of them */
function tableLayersOf({ tokens, outputEmbedding }: Transformer): readonly TableLayer[] {
  if (outputEmbedding instanceof QuantizedLinear) throw new Error('resizeVocabulary: the model has int8 weights, which can get no rows: resize it first, then call quantizeModel().');
  if (!(tokens instanceof TokenEmbedding)) throw replacedError('tokens', 'TokenEmbedding');
  if (!(outputEmbedding instanceof OutputEmbedding)) throw replacedError('outputEmbedding', 'OutputEmbedding');
  return [tokens, outputEmbedding];
}

const replacedError = (name: string, expected: string): Error =>
  new Error(`resizeVocabulary: another layer was put in the place of ${name}; expected the class ${expected}: resize the model before its layers are replaced.`);

/** `count` rows that are normal with the mean of the table's rows in each column, and `noise` times their deviation. */
async function rowsLike(table: Tensor, count: number, noise: number, random: Random): Promise<Float64Array> {
  const [rows, width] = table.shape as [number, number];
  const values = (await table.data()) as Float32Array | Float64Array;
  if (!areFinite(values)) throw new Error('resizeVocabulary: the embeddings hold numbers that are not finite, as after a training that broke down: take an earlier checkpoint.');
  const mean = new Float64Array(width);
  for (let i = 0; i < values.length; i++) mean[i % width]! += values[i]! / rows;
  const variance = new Float64Array(width);
  for (let i = 0; i < values.length; i++) variance[i % width]! += (values[i]! - mean[i % width]!) ** 2 / rows;
  return new Float64Array(count * width).map((_, i) => mean[i % width]! + (noise === 0 ? 0 : noise * Math.sqrt(variance[i % width]!) * random.normal()));
}

/** The first rows of the table, as many as there are and are wanted, and behind them the new ones. */
function resized(table: Tensor, wanted: number, newRows: Float64Array): Tensor {
  const [rows, width] = table.shape as [number, number];
  if (wanted < rows) return slice(table, 0, 0, wanted);
  return concatenate([table, table.engine.tensor(newRows, [wanted - rows, width])], 0);
}

/** Makes the new table a parameter, frozen if the old one was, and frees the old one with its gradient. */
function takePlaceOf(old: Tensor, table: Tensor): void {
  table.engine.parameter(table).requiresGradient = old.requiresGradient;
  old.gradient?.dispose();
  old.gradient = null;
  old.dispose();
}
