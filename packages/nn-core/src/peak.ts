// Measures what the machine can do at most, to compare what was achieved with.
import { checkOptions, type OptionNames } from '@kk/options';
import type { MachinePeak } from './backends/backend.js';
import type { Engine } from './core/engine.js';

/** More than the caches of a core hold. */
const DEFAULT_READ_BYTES = 128 * 2 ** 20;

interface PeakOptions {
  /**
   * How much memory is walked over, default 128 MiB. What is smaller than the last cache (hundreds of MiB on some servers) is read
   * from there, and faster: to compare with something that reads more, read as much.
   */
  readBytes?: number;
}

const peakOptions: OptionNames<PeakOptions> = { readBytes: 'optional' };

/**
 * Measures the highest rates of arithmetic and of reading memory that this machine reaches with the instructions and the
 * threads of the engine: the matrix product's innermost loop on operands in the first cache, and a walk over memory.
 * With a BLAS, whose instructions may be wider, the arithmetic is that of its product of matrices in the caches, where this is faster.
 * Takes about 0.3 seconds, in which nothing else happens on this thread; other programs lower the result.
 * @throws Error on a backend that cannot be measured, such as cpu, and while a step is captured
 * @throws RangeError when there is no memory for that much; also when readBytes is no number from 1 on
 */
export function measurePeak(engine: Engine, options: PeakOptions = {}): MachinePeak {
  checkOptions('measurePeak', options, peakOptions);
  if (engine.isCapturing) throw new Error('measurePeak: a step is being captured: measure before compileStep() or after it.');
  const { readBytes = DEFAULT_READ_BYTES } = options;
  if (!(readBytes >= 1 && readBytes < Infinity)) throw new RangeError(`measurePeak: readBytes is ${readBytes}; expected a number of bytes from 1 on.`);
  const { backend } = engine;
  if (!backend.measurePeak) throw new Error(`measurePeak: the ${backend.name} backend has no micro-kernels to measure the machine with: use an engine from init('wasm').`);
  return backend.measurePeak(readBytes);
}
