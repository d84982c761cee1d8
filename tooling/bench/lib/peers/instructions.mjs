// The instruction set that a compiled peer was built for, read from its file: machine code by objdump, WebAssembly by binaryen.
import { spawnSync } from 'node:child_process';
import { openSync, closeSync, readFileSync, readSync } from 'node:fs';
import binaryen from 'binaryen';

/** Instructions in 256-bit registers below this share are variants chosen at run time, for example in memchr; the rest is for every x86-64. */
const MAIN_SHARE = 0.1;

/**
 * @param {string} path  an x86-64 program or library, or a .wasm file
 * @returns {string}  for the tables, for example `SSE2` or `WebAssembly with SIMD`
 */
export function instructionsOf(path) {
  const start = firstBytes(path);
  if (start === '\0asm') return nameOfWasm(readFileSync(path));
  if (start.startsWith('#!')) return 'a script';
  if (start !== '\x7fELF') return 'unknown format';
  return nameOfRegisters(countRegisters(path));
}

function firstBytes(path) {
  const bytes = Buffer.alloc(4);
  const file = openSync(path);
  readSync(file, bytes);
  closeSync(file);
  return bytes.toString('latin1');
}

/** @returns {{ xmm: number, ymm: number, zmm: number } | undefined} the number of instructions by their largest registers; undefined without objdump */
function countRegisters(path) {
  const counting = '/%zmm/ { z++; next } /%ymm/ { y++; next } /%xmm/ { x++ } END { print x + 0, y + 0, z + 0 }';
  const { status, stdout } = spawnSync('sh', ['-c', 'command -v objdump > /dev/null && objdump -d "$0" | awk "$1"', path, counting], { encoding: 'utf8' });
  if (status !== 0) return undefined;
  const [xmm, ymm, zmm] = stdout.trim().split(' ').map(Number);
  return { xmm, ymm, zmm };
}

/** Turns the counts of instructions into a name; `undefined` means that nobody could count. */
export function nameOfRegisters(counts) {
  if (counts === undefined) return 'unknown (Debian: apt-get install binutils)';
  const { xmm, ymm, zmm } = counts;
  const share = (ymm + zmm) / Math.max(1, xmm + ymm + zmm);
  if (share > MAIN_SHARE) return zmm > 0 ? 'AVX2, AVX-512' : 'AVX2';
  return share > 0 ? 'SSE2, AVX2 in places' : 'SSE2';
}

/** @param {Uint8Array} bytes  of a .wasm file */
export function nameOfWasm(bytes) {
  const module = binaryen.readBinary(bytes);
  const text = module.emitText();
  module.dispose();
  const has = (pattern) => pattern.test(text);
  return `WebAssembly ${has(/\b(v128|[if](8x16|16x8|32x4|64x2))\./) ? `with SIMD${has(/\.relaxed_/) ? ' and relaxed FMA' : ''}` : 'without SIMD'}`;
}
