// Keeps one forward pass of a text, so that every number in it can be looked at: the whole model, a block, a head, one number, and back.
import { inspectSelfAttention, type AttentionPatterns, type InspectedHeads } from '@kk/attention';
import { slice, type Tensor } from '@kk/nn-core';
import type { Transformer } from '../model/transformer.js';
import { runBlocks, withPositions, type BlockTrace } from './forward-with.js';
import { checkIndex, checkInterventions, interventionsIn, type Interventions } from './interventions.js';
import { predictionOf, type Prediction, type PredictionOptions } from './predictions.js';

/** Numbers as the engine has them: Float64Array on cpu in double precision. */
export type Numbers = Float32Array | Float64Array;

/** The numbers of one block, each (time, width) row by row. What it adds up to: input + attention + feedForward = output. */
export interface BlockNumbers {
  /** The residual stream that the block reads. */
  readonly input: Numbers;
  /** What its attention adds. */
  readonly attention: Numbers;
  /** What its feed-forward network adds. */
  readonly feedForward: Numbers;
  /** The residual stream after it. */
  readonly output: Numbers;
}

/**
 * The numbers of one query head, row by row: position p has the row p. In a Llama, several query heads may share key and value; queries and
 * keys are those after they were turned by their positions.
 */
export interface HeadNumbers {
  /** (time, headSize): what each position looks for. */
  readonly query: Numbers;
  /** (time, headSize): what each position is found by. */
  readonly key: Numbers;
  /** (time, headSize): what each position gives to those that look at it. */
  readonly value: Numbers;
  /** (time, time): query key^T / sqrt(headSize), before mask and softmax; the row is the query, also where it may not look. */
  readonly scores: Numbers;
  /** (time, time): rows sum to one, or are 0 where a query sees no key. */
  readonly weights: Numbers;
  /** (time, headSize): weights value, what the head takes along; 0 when it is off. */
  readonly output: Numbers;
}

const DETAILS = ['query', 'key', 'value', 'scores', 'weights', 'headOutputs'] as const;

/** Made by `inspect`. It holds its own tensors: further training of the model does not change what it says, except `logitLens`. */
export class Inspection {
  readonly #start: Tensor;
  readonly #blocks: readonly BlockTrace[];
  readonly #logits: Tensor;

  /** Use `inspect`. */
  constructor(
    readonly model: Transformer,
    /** The tokens, (time). */
    readonly ids: readonly number[],
    /** What was changed. */
    readonly interventions: Interventions,
    tensors: { start: Tensor; blocks: readonly BlockTrace[]; logits: Tensor },
  ) {
    this.#start = tensors.start;
    this.#blocks = tensors.blocks;
    this.#logits = tensors.logits;
  }

  /** The number of tokens. */
  get time(): number {
    return this.ids.length;
  }

  /** (time, vocabSize): at each position the scores of the next token. */
  async logits(): Promise<Numbers> {
    return (await this.#logits.data()) as Numbers;
  }

  /** What the model expects after each position. It reads time * vocabSize numbers and goes over them once. */
  async predictions(options: PredictionOptions = {}): Promise<Prediction[]> {
    const logits = await this.logits();
    const vocabSize = logits.length / this.time; // that of the forward pass, even if the model was resized since
    return this.ids.map((_, position) => predictionOf(logits.subarray(position * vocabSize, (position + 1) * vocabSize), this.ids[position + 1], options));
  }

  /**
   * The residual stream after so many blocks, as a tensor (1, time, width) that belongs to the inspection.
   * @param blocks 0, before the first block, to the number of layers
   */
  streamTensor(blocks: number): Tensor {
    checkIndex('blocks', blocks, this.#blocks.length + 1);
    return blocks === 0 ? this.#start : this.#blocks[blocks - 1]!.stream;
  }

  /** The residual stream after so many blocks, (time, width): a vector for each position. */
  async stream(blocks: number): Promise<Numbers> {
    return (await this.streamTensor(blocks).data()) as Numbers;
  }

  /** What one block read and added. */
  async block(layer: number): Promise<BlockNumbers> {
    const { attention, feedForward } = this.#blockAt(layer);
    const read = async (tensor: Tensor): Promise<Numbers> => (await tensor.data()) as Numbers;
    return { input: await this.stream(layer), attention: await read(attention), feedForward: await read(feedForward), output: await this.stream(layer + 1) };
  }

  /** Every number of one head. It computes the attention of its layer again, heads * time^2 scores. */
  async head(layer: number, head: number): Promise<HeadNumbers> {
    checkIndex('head', head, this.model.config.heads);
    const tensors = this.#inLayer(layer, (details) => DETAILS.map((name) => slice(details[name], 1, head, 1)));
    const [query, key, value, scores, weights, output] = await readAll(tensors);
    return { query: query!, key: key!, value: value!, scores: scores!, weights: weights!, output: output! };
  }

  /** Who looks at whom, (layers, heads, time, time): for the analyses of @kk/attention. It computes the attention of all layers again, one after the other. */
  async patterns(): Promise<AttentionPatterns> {
    const { layers, heads } = this.model.config;
    const size = heads * this.time ** 2;
    const weights = new Float32Array(layers * size);
    for (let layer = 0; layer < layers; layer++) {
      const [values] = await readAll(this.#inLayer(layer, (details) => [details.weights]));
      weights.set(values!, layer * size);
    }
    return { weights, shape: [layers, heads, this.time, this.time] };
  }

  /** Frees the tensors; what was read stays. */
  dispose(): void {
    for (const tensor of [this.#start, this.#logits, ...this.#blocks.flatMap((block) => Object.values(block) as Tensor[])]) tensor.dispose();
  }

  #blockAt(layer: number): BlockTrace {
    checkIndex('layer', layer, this.#blocks.length);
    return this.#blocks[layer]!;
  }

  /** Computes the details of a layer again from its query, key and value, and keeps what `choose` returns. */
  #inLayer(layer: number, choose: (details: InspectedHeads) => Tensor[]): Tensor[] {
    const { engine, blocks } = this.model;
    const { queryKeyValue } = this.#blockAt(layer);
    return engine.noGradient(() => engine.scope(() => choose(inspectSelfAttention(blocks[layer]!.attention, queryKeyValue, interventionsIn(layer, this.interventions)))).map((tensor) => engine.keep(tensor)));
  }
}

/**
 * Runs a text through the model once and keeps what it computed. Without interventions the logits have the bits of `model.forward`. It
 * costs a forward pass of one text, and memory for (6 * layers + 1) * time * width + time * vocabSize numbers until `dispose()`; with
 * interventions also 5 * heads * time^2 numbers while it runs.
 * @param ids 1 to contextLength token ids
 * @throws RangeError when ids or interventions do not fit the model; TypeError when a name is unknown
 */
export function inspect(model: Transformer, ids: ArrayLike<number>, interventions: Interventions = {}): Inspection {
  const time = checkText('inspect', model, ids);
  checkInterventions(model, time, interventions);
  const { engine } = model;
  const tensors = engine.noGradient(() =>
    engine.scope(() => {
      const start = withPositions(model, model.tokens.forward(engine.tensor(ids, [1, time], 'int32')), interventions);
      const blocks = runBlocks(model, start, interventions);
      return { start, blocks, logits: model.logits(blocks.at(-1)!.stream) };
    }),
  );
  for (const tensor of [tensors.start, tensors.logits, ...tensors.blocks.flatMap((block) => Object.values(block) as Tensor[])]) engine.keep(tensor);
  return new Inspection(model, Array.from(ids), interventions, tensors);
}

/** @throws RangeError when there are no tokens, or more than the context holds */
export function checkText(owner: string, model: Transformer, ids: ArrayLike<number>): number {
  const { contextLength } = model.config;
  if (ids.length >= 1 && ids.length <= contextLength) return ids.length;
  throw new RangeError(`${owner}: the text has ${ids.length} tokens; expected 1 to ${contextLength}, the context length: give ${ids.length === 0 ? 'at least one token' : 'a part of it'}.`);
}

/** Reads tensors and frees them. */
async function readAll(tensors: readonly Tensor[]): Promise<Numbers[]> {
  const numbers: Numbers[] = [];
  for (const tensor of tensors) {
    numbers.push((await tensor.data()) as Numbers);
    tensor.dispose();
  }
  return numbers;
}
