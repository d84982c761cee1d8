// Writes a GPT as an ONNX model for ONNX Runtime, with its fused operators and a cache of keys and values; the numbers lie in a file beside it.
import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { basename } from 'node:path';
import onnxProto from 'onnx-proto';
import { transposed } from './gguf.mjs';

const { ModelProto } = onnxProto.onnx;
const FLOAT = 1;
const INT64 = 7;
/** ONNX Runtime's own operators. */
const MICROSOFT = 'com.microsoft';

/**
 * Inputs: `ids` (1, tokens), `positions` (1, tokens), and of each layer `key.N` and `value.N` (1, heads, past, width / heads). Outputs: `logits` of the last token
 * (1, 1, vocabSize), and `newKey.N` and `newValue.N`, with the tokens at the end.
 * @param {string} path  the numbers are written to `path.data`
 * @param {Parameters<typeof import('./gguf.mjs').writeGguf>[1]} model
 */
export function writeOnnx(path, { config, parameters }) {
  const { layers, heads, width } = config;
  const initializers = [];
  const nodes = [];
  const weights = openSync(`${path}.data`, 'w');
  let offset = 0;
  const store = (name, dims, numbers) => {
    const bytes = new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
    for (let at = 0; at < bytes.length; ) at += writeSync(weights, bytes, at);
    const external = { location: `${basename(path)}.data`, offset: String(offset), length: String(bytes.length) };
    initializers.push({ name, dims, dataType: FLOAT, dataLocation: 1, externalData: Object.entries(external).map(([key, value]) => ({ key, value })) });
    offset += bytes.length;
  };
  /** Adds an operator, named as its first output, which it returns. */
  const node = (opType, input, output, { domain = '', ...attributes } = {}) => {
    nodes.push({ opType, domain, input, output, name: output[0], attribute: Object.entries(attributes).map(([name, value]) => attribute(name, value)) });
    return output[0];
  };
  for (const { name, shape, numbers } of parameters) store(name, shape, numbers);
  const tokens = parameters.find(({ name }) => name === 'tokens.weight');
  store('head', [...tokens.shape].reverse(), transposed(tokens.numbers, tokens.shape));
  closeSync(weights);
  initializers.push({ name: 'last', dims: [1], dataType: INT64, int64Data: [-1] });

  const embedded = node('Add', [node('Gather', ['tokens.weight', 'ids'], ['token']), node('Gather', ['positions.weight', 'positions'], ['position'])], ['x']);
  let stream = embedded;
  let normed = node('LayerNormalization', [embedded, 'blocks.0.attentionNorm.weight', 'blocks.0.attentionNorm.bias'], ['norm'], { axis: -1, epsilon: 1e-5 });
  /** Adds to the stream and normalizes, in one operator. */
  const addAndNormalize = (added, bias, norm, name) => {
    normed = node('SkipLayerNormalization', [added, stream, `${norm}.weight`, `${norm}.bias`, bias], [name, '', '', `${name}.stream`], { domain: MICROSOFT, epsilon: 1e-5 });
    stream = `${name}.stream`;
  };
  for (let layer = 0; layer < layers; layer++) {
    const own = `blocks.${layer}`;
    const joined = node('Add', [node('MatMul', [normed, `${own}.attention.queryKeyValue.weight`], [`${own}.product`]), `${own}.attention.queryKeyValue.bias`], [`${own}.qkv`]);
    node('Split', [joined], ['query', 'keyNow', 'valueNow'].map((name) => `${own}.${name}`), { axis: -1 });
    const mixed = node('MultiHeadAttention', [`${own}.query`, `${own}.keyNow`, `${own}.valueNow`, '', '', '', `key.${layer}`, `value.${layer}`], [`${own}.mixed`, `newKey.${layer}`, `newValue.${layer}`], { domain: MICROSOFT, num_heads: heads, unidirectional: 1 });
    addAndNormalize(node('MatMul', [mixed, `${own}.attention.projection.weight`], [`${own}.projected`]), `${own}.attention.projection.bias`, `${own}.feedForwardNorm`, `${own}.between`);
    const expanded = node('FastGelu', [node('MatMul', [normed, `${own}.feedForward.expansion.weight`], [`${own}.expanded`]), `${own}.feedForward.expansion.bias`], [`${own}.gelu`], { domain: MICROSOFT });
    const next = layer + 1 < layers ? `blocks.${layer + 1}.attentionNorm` : 'finalNorm';
    addAndNormalize(node('MatMul', [expanded, `${own}.feedForward.projection.weight`], [`${own}.folded`]), `${own}.feedForward.projection.bias`, next, `${own}.after`);
  }
  node('MatMul', [node('Gather', [normed, 'last'], ['lastState'], { axis: 1 }), 'head'], ['logits']);

  const cache = (name, length) => Array.from({ length: layers }, (_, layer) => value(`${name}.${layer}`, FLOAT, [1, heads, length, width / heads]));
  const graph = {
    name: 'gpt',
    node: nodes,
    initializer: initializers,
    input: [value('ids', INT64, [1, 'tokens']), value('positions', INT64, [1, 'tokens']), ...cache('key', 'past'), ...cache('value', 'past')],
    output: [value('logits', FLOAT, [1, 1, config.vocabSize]), ...cache('newKey', 'all'), ...cache('newValue', 'all')],
  };
  const model = { irVersion: 8, opsetImport: [{ domain: '', version: 17 }, { domain: MICROSOFT, version: 1 }], graph };
  writeFileSync(path, ModelProto.encode(ModelProto.fromObject(model)).finish());
}

const attribute = (name, number) => (Number.isInteger(number) ? { name, type: 2, i: number } : { name, type: 1, f: number });

/** @param {(number | string)[]} shape  names stand for lengths that change */
const value = (name, elemType, shape) => ({
  name,
  type: { tensorType: { elemType, shape: { dim: shape.map((length) => (typeof length === 'string' ? { dimParam: length } : { dimValue: length })) } } },
});
