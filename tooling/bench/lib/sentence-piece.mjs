// Measures the byte-pair training of SentencePiece, in C++, from Debian's package `sentencepiece`.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';

/** @returns {{ milliseconds: number, threads: number } | string} the time of the whole program, or why there is none */
export function trainSentencePiece(text, vocabSize) {
  if (spawnSync('spm_train', ['--version']).error) return 'spm_train is not installed (Debian: apt-get install sentencepiece)';
  const folder = mkdtempSync(join(tmpdir(), 'kk-bench-'));
  try {
    const input = join(folder, 'text.txt');
    writeFileSync(input, text);
    const threads = availableParallelism();
    const options = { input, model_prefix: join(folder, 'model'), model_type: 'bpe', vocab_size: vocabSize, character_coverage: '1.0', num_threads: threads, max_sentence_length: 1_000_000 };
    const started = performance.now();
    const { status, stderr } = spawnSync('spm_train', Object.entries(options).map(([name, value]) => `--${name}=${value}`), { encoding: 'utf8' });
    const milliseconds = performance.now() - started;
    return status === 0 ? { milliseconds, threads } : `spm_train failed: ${stderr.trim().split('\n').at(-1)}`;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
