/** What the machine can do at most, to compare what was achieved with. */
import type { MachinePeak } from './backends/backend.js';
import type { Engine } from './engine.js';

/**
 * Measures the highest rates of arithmetic and of reading memory that this machine reaches with the instructions and the
 * threads of the engine: the matrix product's innermost loop on operands in the first cache, and a walk over 128 MiB.
 * Takes about 0.3 seconds, in which nothing else happens on this thread; other programs lower the result.
 * @throws Error on a backend that cannot be measured, such as cpu, and while a step is captured
 * @throws RangeError when there is no memory for 128 MiB
 */
export function measurePeak(engine: Engine): MachinePeak {
  if (engine.isCapturing) throw new Error('measurePeak: a step is being captured: measure before compileStep() or after it.');
  const { backend } = engine;
  if (!backend.measurePeak) throw new Error(`measurePeak: the ${backend.name} backend has no micro-kernels to measure the machine with: use an engine from init('wasm').`);
  return backend.measurePeak();
}
