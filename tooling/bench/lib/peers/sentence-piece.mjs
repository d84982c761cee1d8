// Measures the byte-pair training of SentencePiece, in C++.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { peerEnvironment } from './environment.mjs';
import { machine } from './machine.mjs';
import { findProgram } from './native.mjs';

/**
 * Learns byte pairs without changing the text before, as ours does.
 * @param {string} input  a text file
 * @param {string} folder  for the model
 * @returns {{ milliseconds: number, threads: number } | string} the time of the whole program, or why there is none
 */
export function trainSentencePiece(input, folder, vocabSize) {
  const program = findProgram('spm_train');
  if (typeof program === 'string') return program;
  const threads = machine().cores;
  const options = { input, model_prefix: join(folder, 'model'), model_type: 'bpe', vocab_size: vocabSize, character_coverage: '1.0', normalization_rule_name: 'identity', num_threads: threads, max_sentence_length: 1_000_000 };
  const started = performance.now();
  const { status, stderr } = spawnSync(program.path, Object.entries(options).map(([name, value]) => `--${name}=${value}`), { encoding: 'utf8', env: peerEnvironment() });
  const milliseconds = performance.now() - started;
  return status === 0 ? { milliseconds, threads } : `spm_train failed: ${stderr.trim().split('\n').at(-1)}`;
}
