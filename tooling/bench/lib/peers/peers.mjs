// The peers of each measurement: version, build, instruction set and threads. Every table of figures is printed under these lines.
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { instructionsOf } from './instructions.mjs';
import { describeMachine, machine } from './machine.mjs';
import { findProgram } from './native.mjs';

const modules = fileURLToPath(new URL('../../node_modules/', import.meta.url));
/** Where the peers are that are fetched when somebody asks for them. */
const decodeModules = fileURLToPath(new URL('../../decode-peers/node_modules/', import.meta.url));
const { cores } = machine();

/** A peer from npm: what it consists of besides JavaScript is in `file`. */
const npm = (name, parts, { file, runs = 'JavaScript', threads = '1', folder: within = modules } = {}) => ({
  name,
  parts,
  threads,
  find() {
    const folder = join(within, name);
    if (!existsSync(folder)) return { build: 'fetched when it is measured', instructions: '-' };
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    return { build: `npm ${version}`, instructions: file === undefined ? runs : instructionsOf(join(folder, file)) };
  },
});

/** A peer that is a program of this machine. */
const program = (name, command, parts, threads = '1') => ({
  name,
  parts,
  threads,
  find() {
    const found = findProgram(command);
    if (typeof found === 'string') return { build: found, instructions: '-' };
    return { build: found.build, instructions: instructionsOf(found.code) };
  },
});

const all = `1 and ${cores}`;

/** PyTorch is not here: its build is a part of the setting that is chosen for each measurement, and is printed beside its times. */
export const peers = [
  npm('@tensorflow/tfjs-backend-wasm', ['matmul', 'step', 'conv', 'digits'], { file: 'dist/tfjs-backend-wasm-threaded-simd.wasm', threads: all }),
  npm('onnxruntime-node', ['decode'], { file: `bin/napi-v6/${process.platform}/${process.arch}/libonnxruntime.so.1`, threads: all, folder: decodeModules }),
  npm('node-llama-cpp', ['decode'], { runs: 'llama.cpp with the kernels for this processor, named beside its times', threads: all, folder: decodeModules }),
  npm('ai-tokenizer', ['tokenizer']),
  npm('gpt-tokenizer', ['tokenizer']),
  npm('js-tiktoken', ['tokenizer']),
  npm('tiktoken', ['tokenizer'], { file: 'tiktoken_bg.wasm' }),
  npm('tiktoken-node', ['tokenizer'], { file: `dist/tiktoken-node.${platform()}.node` }),
  npm('@huggingface/tokenizers', ['tokenizer']),
  npm('tokenizers', ['tokenizer'], { file: `tokenizers.${platform()}.node` }),
  program('SentencePiece spm_train', 'spm_train', ['tokenizer'], String(cores)),
  npm('@huggingface/transformers', ['sampler'], { runs: 'JavaScript (its processors use no ONNX)' }),
  npm('markov-strings', ['markov']),
  npm('natural', ['markov']),
  program('irstlm tlm', 'tlm', ['markov']),
  program('fastText', 'fasttext', ['word-vectors']),
  { ...program('gensim', 'gensim', ['neighbours'], all), find: findGensim },
];

/** gensim multiplies with numpy, whose BLAS chooses its kernels by the processor. */
function findGensim() {
  const found = findProgram('gensim');
  if (typeof found === 'string') return { build: found, instructions: '-' };
  return { build: found.build.replace(/, built.*/, ''), instructions: `those of numpy's BLAS, ${realpathSync(found.code)}` };
}

function platform() {
  return `${process.platform}-${process.arch}${process.platform === 'linux' ? '-gnu' : ''}`;
}

export const peerHead = ['peer', 'build', 'instructions', 'threads', 'measured in'];

/**
 * @param {string} [part]  of `pnpm bench --only`; all peers without it
 * @returns {string[][]} rows for `peerHead`
 */
export function peerRows(part) {
  return peers
    .filter(({ parts }) => part === undefined || parts.includes(part))
    .map(({ name, parts, threads, find }) => {
      const { build, instructions } = find();
      return [name, build, instructions, threads, parts.join(', ')];
    });
}

/** The lines that every measurement prints first: the machine, and each peer. */
export const peerLines = (part) => [describeMachine(), ...peerRows(part).map(([name, build, instructions, threads]) => `${name}: ${build}, ${instructions}, threads: ${threads}`)];
