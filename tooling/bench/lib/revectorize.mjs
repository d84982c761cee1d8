// Measures tiles of the matrix product in Chromium, with and without V8's joining of two 128-bit vectors to one of 256 bits (`--wasm-revectorize`).
import binaryen from 'binaryen';
import { visit } from '@kk/vitest-config/built-page';
import { showTable } from './show.mjs';

/** Rows and columns; the first is the tile of today's kernels. */
const TILES = [[5, 8], [4, 8], [8, 8], [12, 8], [3, 16], [4, 16], [5, 16], [6, 16]];
const ARITHMETIC = ['relaxed', 'plain'];
const DEPTH = 256;
const FLAG = '--wasm-revectorize';
/** Addresses of the two packed panels and of the result: all stay in the first-level cache. */
const [A, B, Y] = [1 << 16, 1 << 17, 1 << 18];

export async function measureRevectorize({ note }) {
  const module = moduleOf(TILES.flatMap((tile) => ARITHMETIC.map((kind) => ({ tile, kind }))));
  note('tiles, as V8 comes');
  const off = await run(module, []);
  note(`tiles, with ${FLAG}`);
  const on = await run(module, [`--js-flags=${FLAG}`]);
  if (Object.keys(off.speeds).some((name) => off.sums[name] !== on.sums[name])) throw new Error('the tiles give other numbers with the flag');
  const rows = TILES.flatMap(([rows_, columns]) =>
    ARITHMETIC.map((kind) => {
      const name = nameOf([rows_, columns], kind);
      return [`${rows_} x ${columns}`, kind === 'relaxed' ? 'fused' : 'multiplied, then added', off.speeds[name].toFixed(0), on.speeds[name].toFixed(0), `${(on.speeds[name] / off.speeds[name]).toFixed(2)}x`];
    }));
  showTable(`Tiles of the matrix product over ${DEPTH} inner indices on one thread of Chromium ${off.version}, GFLOP/s, the best of eight`, ['rows x columns', 'arithmetic', 'as it comes', FLAG, 'with / without'], rows);
}

const nameOf = ([rows, columns], kind) => `${kind}${rows}x${columns}`;

/** Each tile is a function (times) whose sums stay in registers: b is read in pairs of neighbouring vectors, each number of a is spread over a vector. */
function moduleOf(tiles) {
  const functions = tiles.map(({ tile, kind }) => {
    const [rows, columns] = tile;
    const places = Array.from({ length: (rows * columns) / 4 }, (_, i) => ({ row: Math.floor((4 * i) / columns), vector: i % (columns / 4), sum: `$c${i}` }));
    const vectors = Array.from({ length: columns / 4 }, (_, i) => i);
    const step = ({ row, vector, sum }) =>
      `(local.set ${sum} ${kind === 'relaxed' ? `(f32x4.relaxed_madd (local.get $a${row}) (local.get $b${vector}) (local.get ${sum}))` : `(f32x4.add (local.get ${sum}) (f32x4.mul (local.get $a${row}) (local.get $b${vector})))`})`;
    return `(func (export "${nameOf(tile, kind)}") (param $times i32) (local $a i32) (local $b i32)
      ${[...places.map(({ sum }) => sum), ...vectors.map((i) => `$b${i}`), ...Array.from({ length: rows }, (_, i) => `$a${i}`)].map((name) => `(local ${name} v128)`).join(' ')}
      (loop $again
        (local.set $a (i32.const ${A})) (local.set $b (i32.const ${B}))
        ${places.map(({ sum }) => `(local.set ${sum} (v128.const i32x4 0 0 0 0))`).join(' ')}
        (loop $inner
          ${vectors.map((i) => `(local.set $b${i} (v128.load offset=${16 * i} (local.get $b)))`).join(' ')}
          ${places.map((place) => `${place.vector === 0 ? `(local.set $a${place.row} (v128.load32_splat offset=${4 * place.row} (local.get $a)))` : ''} ${step(place)}`).join('\n')}
          (local.set $a (i32.add (local.get $a) (i32.const ${4 * rows})))
          (br_if $inner (i32.lt_u (local.tee $b (i32.add (local.get $b) (i32.const ${4 * columns}))) (i32.const ${B + 4 * columns * DEPTH}))))
        ${places.map(({ sum }, i) => `(v128.store offset=${16 * i} (i32.const ${Y}) (local.get ${sum}))`).join(' ')}
        (br_if $again (local.tee $times (i32.sub (local.get $times) (i32.const 1))))))`;
  });
  const module = binaryen.parseText(`(module (memory (export "memory") 16) ${functions.join('\n')})`);
  module.setFeatures(binaryen.Features.SIMD128 | binaryen.Features.RelaxedSIMD);
  return Buffer.from(module.emitBinary()).toString('base64');
}

const run = (module, flags) =>
  visit('about:blank', 'none', async (page) => ({ ...(await page.evaluate(measureTiles, { module, depth: DEPTH, from: A / 4, to: Y / 4 })), version: page.context().browser().version() }), { flags });

/** Runs in the page. */
async function measureTiles({ module, depth, from, to }) {
  const bytes = Uint8Array.from(atob(module), (character) => character.charCodeAt(0));
  const { instance: { exports: { memory, ...tiles } } } = await WebAssembly.instantiate(bytes);
  const numbers = new Float32Array(memory.buffer);
  for (let i = from; i < to; i++) numbers[i] = ((i * 40503) % 65536) / 65536 - 0.5;
  const [speeds, sums] = [{}, {}];
  const TIMES = 20_000;
  for (const [name, tile] of Object.entries(tiles)) {
    const size = name.match(/\d+/g).reduce((product, side) => product * Number(side), 1);
    tile(TIMES);
    await new Promise((resolve) => setTimeout(resolve, 200)); // V8 compiles what is used much a second time
    let best = Infinity;
    for (let i = 0; i < 8; i++) {
      const started = performance.now();
      tile(TIMES);
      best = Math.min(best, performance.now() - started);
    }
    speeds[name] = (2 * size * depth * TIMES) / best / 1e6;
    sums[name] = numbers.subarray(to, to + size).join();
  }
  return { speeds, sums };
}
