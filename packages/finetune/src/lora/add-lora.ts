// Puts a LoRA adapter into a model: freezes what is there, and lets narrow matrices learn beside its linear layers.
import { OutputEmbedding, TokenEmbedding } from '@kk/embeddings';
import { GPT, Llama, type Transformer } from '@kk/gpt';
import { Linear, matchesNameOrOwner, QuantizedLinear, Random, type Layer, type Module, type NamePattern, type Tensor } from '@kk/nn-core';
import { Adapter, type AdaptedLayer } from './adapter.js';
import { LoraLinear } from './lora-linear.js';
import { LowRankWeights } from './low-rank-weights.js';
import { checkLoraOptions, shown, type LoraOptions } from './options.js';
import { SharedTokenRows } from './shared-token-rows.js';
import { TokenRows, TrainedRowsLayer, TrainedTable } from './trained-rows.js';

/** What a model has of adapters: they are known by their names, and the last one that leaves unfreezes what was trainable before. */
interface Adapters {
  readonly byName: Map<string, Adapter>;
  readonly frozen: readonly Tensor[];
}

const models = new WeakMap<Transformer, Adapters>();

/**
 * Freezes all parameters of the model, those of earlier adapters too, and adds a trainable adapter, which changes nothing at first. A
 * trainer, an optimizer or a captured step is made afterwards.
 * @throws TypeError when the model is neither GPT nor Llama, or an option is missing, unknown or of another type; RangeError when an option
 * is out of range, a pattern matches no linear layer, or the model has an adapter of this name; SharedTokenRows when it has one that trains the
 * same tokens; Error when a layer has int8 weights. The model is then unchanged
 */
export function addLora<M extends Transformer>(model: M, options: LoraOptions): Adapter<M> {
  if (!((model as unknown) instanceof GPT || (model as unknown) instanceof Llama)) throw new TypeError(`addLora got ${shown(model)} as its model; expected a GPT or a Llama.`);
  checkLoraOptions(options, model.config.vocabSize);
  const { name = 'default', rank, alpha = rank, rsLora = false, dropout = 0, trainableTokens = [], seed } = options;
  const known = models.get(model)?.byName ?? new Map<string, Adapter>();
  if (known.has(name)) throw new RangeError(`addLora: the model has an adapter called ${name} already: give another name, or remove that one.`);
  const chosen = chooseLayers(model, options);
  const tables = trainableTokens.length === 0 ? new Map<string, TableLayer>() : chooseTables(model, trainableTokens);

  const wasTrainable = model.trainableParameters();
  model.freeze();
  const random = new Random(seed);
  const layers = new Map<string, AdaptedLayer>();
  for (const { layerName, layer, layerRank, layerAlpha } of chosen) {
    const { base } = layer instanceof LoraLinear ? layer : { base: layer };
    const [inputs, outputs] = (base as Linear).weight.shape as [number, number];
    const weights = new LowRankWeights(model.engine, { inputs, outputs, rank: layerRank, alpha: layerAlpha, rsLora, dropout }, random);
    const holder = layer instanceof LoraLinear ? layer : putInPlace(model, layerName, new LoraLinear(layer));
    holder.adapters.set(name, weights);
    layers.set(layerName, { layer: holder, weights });
  }
  const settings = { rank, alpha, rsLora, dropout, trainableTokens: [...trainableTokens] };
  const adapter = new Adapter(model, name, settings, layers, addRows(model, name, tables, trainableTokens), () => forget(model, name));
  const { frozen } = models.get(model) ?? { frozen: wasTrainable };
  models.set(model, { byName: known.set(name, adapter), frozen });
  return adapter;
}

/** The adapters of a model by their names, in the order in which they were added. */
export const adaptersOf = (model: Transformer): ReadonlyMap<string, Adapter> => new Map(models.get(model)?.byName);

function forget(model: Transformer, name: string): void {
  const adapters = models.get(model);
  if (!adapters) return;
  adapters.byName.delete(name);
  if (adapters.byName.size > 0) return;
  for (const parameter of adapters.frozen) parameter.requiresGradient = true;
  models.delete(model);
}

interface ChosenLayer {
  readonly layerName: string;
  readonly layer: Linear | LoraLinear;
  readonly layerRank: number;
  readonly layerAlpha: number;
}

/** The linear layers that the patterns match, with the rank and the alpha of each. */
function chooseLayers(model: Transformer, { rank, alpha = rank, targets, rankPattern = {}, alphaPattern = {} }: LoraOptions): ChosenLayer[] {
  const patterns = targets === undefined ? [/^blocks\./] : Array.isArray(targets) ? (targets as readonly NamePattern[]) : [targets as NamePattern];
  if (patterns.length === 0) throw new RangeError('addLora: targets is an empty list; expected at least one pattern, or none of it for all linear layers of the blocks.');
  const all = linearLayersOf(model);
  for (const pattern of patterns) requireMatch('targets', pattern, all);
  const chosen = [...all].filter(([name]) => patterns.some((pattern) => matchesNameOrOwner(pattern, name)));
  for (const pattern of [...Object.keys(rankPattern), ...Object.keys(alphaPattern)]) requireMatch('rankPattern or alphaPattern', pattern, new Map(chosen));
  return chosen.map(([layerName, layer]) => {
    const base = layer instanceof LoraLinear ? layer.base : layer;
    if (!(base instanceof Linear)) throw new Error(`addLora: ${layerName} has int8 weights, through which no gradient goes: add the adapter first, train it, and then call quantizeModel().`);
    const layerRank = valueOf(rankPattern, layerName) ?? rank;
    return { layerName, layer: layer as Linear | LoraLinear, layerRank, layerAlpha: valueOf(alphaPattern, layerName) ?? alpha };
  });
}

/** Every linear layer by its name; an adapted one by the name of the place that it has taken. */
function linearLayersOf(model: Transformer): Map<string, Module> {
  const modules = model.namedModules();
  const isInside = (name: string): boolean => modules.get(name.replace(/\.[^.]+$/, '')) instanceof LoraLinear;
  return new Map([...modules].filter(([name, module]) => module instanceof LoraLinear || ((module instanceof Linear || module instanceof QuantizedLinear) && !isInside(name))));
}

const valueOf = (patterns: Readonly<Record<string, number>>, name: string): number | undefined => Object.entries(patterns).find(([pattern]) => matchesNameOrOwner(pattern, name))?.[1];

function requireMatch(option: string, pattern: NamePattern, layers: ReadonlyMap<string, Module>): void {
  const isPattern = pattern instanceof RegExp || (typeof pattern === 'string' && pattern !== '');
  if (!isPattern) throw new TypeError(`addLora: ${option} holds ${shown(pattern)}; expected names of layers, such as 'blocks.*.attention', or regular expressions.`);
  if ([...layers.keys()].some((name) => matchesNameOrOwner(pattern, name))) return;
  const names = [...layers.keys()];
  throw new RangeError(`addLora: ${option} names ${String(pattern)}, but no linear layer is called so; there are ${names.slice(0, 8).join(', ')}${names.length > 8 ? ` and ${names.length - 8} more` : ''}.`);
}

type TableLayer = TokenEmbedding | OutputEmbedding | TrainedRowsLayer;

/** The token embeddings and the output layer. @throws when they are of another kind, or another adapter trains one of the tokens */
function chooseTables(model: Transformer, ids: readonly number[]): Map<string, TableLayer> {
  const chosen = new Map<string, TableLayer>();
  for (const name of ['tokens', 'outputEmbedding'] as const) {
    const layer: Layer = model[name];
    if (!(layer instanceof TokenEmbedding || layer instanceof OutputEmbedding || layer instanceof TrainedRowsLayer)) throw new Error(`addLora: ${name} is no table of token embeddings, as after quantizeModel(): train the rows of tokens before.`);
    if (layer instanceof TrainedRowsLayer) {
      for (const [other, rows] of layer.adapters) {
        const shared = ids.filter((id) => rows.ids.includes(id));
        if (shared.length > 0) throw new SharedTokenRows(other, shared);
      }
    }
    chosen.set(name, layer);
  }
  return chosen;
}

/** One `TokenRows` for each table: a tied output layer has the table, and the rows, of the token embeddings. */
function addRows(model: Transformer, name: string, layers: ReadonlyMap<string, TableLayer>, ids: readonly number[]): Map<string, AdaptedLayer<TrainedRowsLayer, TokenRows>> {
  const tables = new Map<Tensor, { trained: TrainedTable; weights: TokenRows }>();
  const found = new Map<string, AdaptedLayer<TrainedRowsLayer, TokenRows>>();
  for (const [layerName, layer] of layers) {
    const table = layer instanceof TrainedRowsLayer ? layer.trained.table : layer.weight;
    let shared = tables.get(table);
    if (!shared) {
      shared = { trained: layer instanceof TrainedRowsLayer ? layer.trained : new TrainedTable(table), weights: new TokenRows(table, ids) };
      shared.trained.adapters.set(name, shared.weights);
      tables.set(table, shared);
    }
    const holder = layer instanceof TrainedRowsLayer ? layer : putInPlace(model, layerName, new TrainedRowsLayer(layer, shared.trained));
    found.set(layerName, { layer: holder, weights: shared.weights });
  }
  return found;
}

function putInPlace<L extends Layer>(model: Transformer, name: string, layer: L): L {
  model.replace(name, layer);
  return layer;
}
