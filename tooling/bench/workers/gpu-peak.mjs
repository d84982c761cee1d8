// Measures the peak of the device: multiply-adds in registers, and bytes read from its memory. argv: numbers to read, default 2^26. The
// results of the kernels are checked, so that no compiler can omit the work.
import { filledBuffer, openDevice, readFloats, storageBuffer, submit, timeIssued, uniformBuffer, wgslDispatch } from '../lib/gpu-device.mjs';
import { PEAK_OPERATIONS, PEAK_WORKGROUP, peakKernel, peakResult, READ_WORKGROUP, readKernel, READS } from '../lib/gpu-peak-kernels.mjs';
import { answerWith } from '../lib/gpu-worker.mjs';

/** The loop iterations are doubled until a dispatch takes a few milliseconds. */
const [WORKGROUPS, FIRST_TURNS, LAST_TURNS, LONG_ENOUGH] = [4096, 16, 2 ** 14, 5];
const [factor, offset] = [0.75, 0.5];

async function measureArithmetic(device) {
  const invocations = WORKGROUPS * PEAK_WORKGROUP;
  const result = storageBuffer(device, invocations);
  for (let turns = FIRST_TURNS; ; turns *= 2) {
    const settings = new DataView(new ArrayBuffer(16));
    settings.setFloat32(0, factor, true);
    settings.setFloat32(4, offset, true);
    settings.setUint32(8, turns, true);
    const dispatch = await wgslDispatch(device, peakKernel(), [uniformBuffer(device, settings.buffer), result], [WORKGROUPS, 1, 1]);
    const run = (times) => submit(device, [dispatch], times);
    run(1);
    await readFloats(device, result, 1);
    const started = performance.now();
    run(1);
    const firsts = await readFloats(device, result, 128);
    if (performance.now() - started < LONG_ENOUGH && turns < LAST_TURNS) continue;
    firsts.forEach((value, i) => {
      const expected = peakResult(i, factor, offset, turns);
      if (!(Math.abs(value - expected) <= 1e-4 * Math.abs(expected))) throw new Error(`invocation ${i} computed ${value} in ${turns} turns, not ${expected}`);
    });
    const milliseconds = await timeIssued(run, () => readFloats(device, result, 1));
    return (invocations * turns * PEAK_OPERATIONS) / milliseconds / 1e6;
  }
}

async function measureReading(device) {
  const { maxBufferSize, maxStorageBufferBindingSize } = device.limits;
  const perWorkgroup = READ_WORKGROUP * READS * 4;
  const wanted = Math.min(Number(process.argv[2] ?? 2 ** 26), Math.floor(Math.min(maxBufferSize, maxStorageBufferBindingSize) / 4));
  const workgroups = Math.min(Math.floor(wanted / perWorkgroup), device.limits.maxComputeWorkgroupsPerDimension);
  const numbers = workgroups * perWorkgroup;
  const source = Float32Array.from({ length: numbers }, (_, i) => i % 251);
  const sums = storageBuffer(device, workgroups * READ_WORKGROUP);
  const dispatch = await wgslDispatch(device, readKernel, [filledBuffer(device, source), sums], [workgroups, 1, 1]);
  submit(device, [dispatch]);
  const total = (await readFloats(device, sums, workgroups * READ_WORKGROUP)).reduce((sum, value) => sum + value, 0);
  const expected = source.reduce((sum, value) => sum + value, 0);
  if (total !== expected) throw new Error(`the numbers add up to ${total}, not to ${expected}: not all were read`);
  const milliseconds = await timeIssued((times) => submit(device, [dispatch], times), () => readFloats(device, sums, 1));
  return { bytes: numbers * 4, gigabytes: (numbers * 4) / milliseconds / 1e6 };
}

await answerWith(async () => {
  const { device, name, check } = await openDevice();
  const gigaflops = await measureArithmetic(device);
  const { bytes, gigabytes } = await measureReading(device);
  check();
  return { adapter: name, gigaflops, gigabytes, bytes };
});
