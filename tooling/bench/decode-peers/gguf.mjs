// Writes a GPT as llama.cpp's file (GGUF, version 3: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md), in float32 or in blocks of int8 (Q8_0).
import { closeSync, openSync, writeSync } from 'node:fs';

const ALIGNMENT = 32;
/** ggml's numbers of the types. */
const F32 = { id: 0, bytesOf: (numbers) => 4 * numbers.length, encode: (numbers) => new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength) };
const Q8_0 = { id: 8, bytesOf: (numbers) => (numbers.length / 32) * 34, encode: toBlocks };

/** Our names and llama.cpp's, of a layer and of the model. */
const LAYER = {
  'attentionNorm': 'attn_norm',
  'attention.queryKeyValue': 'attn_qkv',
  'attention.projection': 'attn_output',
  'feedForwardNorm': 'ffn_norm',
  'feedForward.expansion': 'ffn_up',
  'feedForward.projection': 'ffn_down',
};
const MODEL = { tokens: 'token_embd', positions: 'position_embd', finalNorm: 'output_norm' };

/**
 * @param {string} path
 * @param {{ config: { vocabSize: number, contextLength: number, layers: number, heads: number, width: number }, parameters: { name: string, shape: readonly number[], numbers: Float32Array }[] }} model
 * @param {'float32' | 'int8'} weights  int8: all matrices but the positions, as llama.cpp's own quantization does
 */
export function writeGguf(path, { config, parameters }, weights) {
  const tensors = parameters.map(({ name, shape, numbers }) => {
    const [, layer, rest] = /^blocks\.(\d+)\.(.*)$/.exec(name) ?? [];
    const [, module, kind] = /^(.*)\.(\w+)$/.exec(rest ?? name);
    const isTable = name === 'tokens.weight' || name === 'positions.weight';
    return {
      name: `${layer === undefined ? MODEL[module] : `blk.${layer}.${LAYER[module]}`}.${kind}`,
      // The number of columns first; a layer's matrix is stored with its outputs as rows.
      dimensions: isTable ? [...shape].reverse() : [...shape],
      numbers: shape.length === 2 && !isTable ? transposed(numbers, shape) : numbers,
      type: weights === 'int8' && shape.length === 2 && name !== 'positions.weight' ? Q8_0 : F32,
    };
  });
  const head = Buffer.concat(header(config, tensors));
  const file = openSync(path, 'w');
  try {
    const write = (bytes) => {
      for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
      const rest = bytes.length % ALIGNMENT;
      if (rest > 0) writeSync(file, new Uint8Array(ALIGNMENT - rest));
    };
    write(head);
    for (const { numbers, type } of tensors) write(type.encode(numbers));
  } finally {
    closeSync(file);
  }
}

function header({ vocabSize, contextLength, layers, heads, width }, tensors) {
  const count = (value) => [4, u32(value)];
  const entries = {
    'general.architecture': [8, text('gpt2')],
    'general.alignment': count(ALIGNMENT),
    'gpt2.context_length': count(contextLength),
    'gpt2.embedding_length': count(width),
    'gpt2.feed_forward_length': count(4 * width),
    'gpt2.block_count': count(layers),
    'gpt2.attention.head_count': count(heads),
    'gpt2.attention.layer_norm_epsilon': [6, f32(1e-5)],
    // It does not run without words: each token is named by its number.
    'tokenizer.ggml.model': [8, text('gpt2')],
    'tokenizer.ggml.tokens': [9, Buffer.concat([u32(8), u64(vocabSize), ...Array.from({ length: vocabSize }, (_, i) => text(`t${i}`))])],
    'tokenizer.ggml.merges': [9, Buffer.concat([u32(8), u64(1), text('t 0')])],
    'tokenizer.ggml.eos_token_id': count(vocabSize - 1),
    'tokenizer.ggml.bos_token_id': count(vocabSize - 1),
  };
  let offset = 0;
  const infos = tensors.map(({ name, dimensions, numbers, type }) => {
    const info = Buffer.concat([text(name), u32(dimensions.length), ...dimensions.map(u64), u32(type.id), u64(offset)]);
    offset += Math.ceil(type.bytesOf(numbers) / ALIGNMENT) * ALIGNMENT;
    return info;
  });
  const values = Object.entries(entries).map(([key, [type, value]]) => Buffer.concat([text(key), u32(type), value]));
  return [Buffer.from('GGUF'), u32(3), u64(tensors.length), u64(values.length), ...values, ...infos];
}

/** Blocks of 32: a scale in half precision, by the greatest magnitude, and 32 signed bytes. */
function toBlocks(numbers) {
  const blocks = new Uint8Array(Q8_0.bytesOf(numbers));
  const view = new DataView(blocks.buffer);
  for (let block = 0, at = 0; at < numbers.length; block += 34, at += 32) {
    let largest = 0;
    for (let i = 0; i < 32; i++) largest = Math.max(largest, Math.abs(numbers[at + i]));
    const scale = largest / 127;
    view.setUint16(block, halfOf(scale), true);
    for (let i = 0; i < 32; i++) view.setInt8(block + 2 + i, scale === 0 ? 0 : Math.round(numbers[at + i] / scale));
  }
  return blocks;
}

const asFloat = new Float32Array(1);
const asBits = new Uint32Array(asFloat.buffer);

/** A positive scale as a half; below the normal halves, in steps of 2^-24. */
function halfOf(scale) {
  if (scale < 2 ** -14) return Math.round(scale * 2 ** 24);
  asFloat[0] = scale;
  return (asBits[0] - (112 << 23) + 0x1000) >>> 13;
}

/** Rows and columns change places. */
export function transposed(numbers, [rows, columns]) {
  const turned = new Float32Array(numbers.length);
  for (let row = 0; row < rows; row++) for (let column = 0; column < columns; column++) turned[column * rows + row] = numbers[row * columns + column];
  return turned;
}

const u32 = (value) => buffer(4, (bytes) => bytes.writeUInt32LE(value));
const f32 = (value) => buffer(4, (bytes) => bytes.writeFloatLE(value));
const u64 = (value) => buffer(8, (bytes) => bytes.writeBigUInt64LE(BigInt(value)));
const text = (value) => Buffer.concat([u64(Buffer.byteLength(value)), Buffer.from(value)]);

function buffer(length, write) {
  const bytes = Buffer.alloc(length);
  write(bytes);
  return bytes;
}
