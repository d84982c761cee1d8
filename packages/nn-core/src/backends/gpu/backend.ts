// Runs every kernel of the contract as shaders that gpu.js compiles, on WebGPU, or on WebGL2 where there is none: the gpu backend.
//
// - **Shaders** (`shaders/`) are plain functions in the part of JavaScript that gpu.js translates. They are compiled once,
//   on first use, for all shapes: sizes are arguments. Each computes one number per invocation and only reads elsewhere (a
//   gather), since there are no atomics and an invocation owns its place of the output alone.
// - **Programs** (`passes/`) say for each kernel of the contract which shaders it takes: a softmax is a pass over
//   rows and one over numbers.
// - **Devices** (`devices/`) hold the buffers and dispatch. gpu.js is the compiler here; its own calls, which return a new
//   buffer each time, are not used. Nothing leaves the device unless it is read.
// - **Buffers** are runs of 32-bit floats. int32 buffers take two floats a number, its halves of 16 bits, because a float
//   is exact to 2^24 only. The halves exist on the device alone: `write` and `read` split and join them.
// - **Updates**: a dispatch cannot write what it reads. A pass whose output is among its inputs writes a scratch buffer,
//   which is copied back. So a buffer keeps its place for life, and a plan is bound once.
// - **Captured plans**: programs run once, at `prepare`; passes whose buffers are never needed together share buffers. A
//   replay is a list of dispatches with bind groups that were made before, in one submission.
//
// Nothing here falls back to the processor: a shader that does not compile, or that gpu.js would run elsewhere, is an error.
import { PlannedStorage, type PreparedPlan, type CapturedStep } from '../plan.js';
import type { Backend, DType, MemoryUse, Storage, TypedArray } from '../backend.js';
import type { KernelName } from '../kernels.js';
import type { BoundPass, Device, GpuBuffer, Replay } from './devices/device.js';
import { joinHalves, splitHalves } from './halves.js';
import type { CopyPass, ShaderPass, Pass, Passes, View } from './passes/pass.js';
import { programs } from './passes/programs.js';
import { planSlots } from './slots.js';

class GpuStorage implements Storage {
  constructor(
    readonly dtype: DType,
    readonly length: number,
    readonly buffer: GpuBuffer,
  ) {}
}

/** Floats that a buffer takes on the device. */
const floatsOf = ({ dtype, length }: Storage): number => length * (dtype === 'int32' ? 2 : 1);
const bytesOf = (storage: Storage): number => 4 * floatsOf(storage);

export class GpuBackend implements Backend {
  readonly name = 'gpu';
  readonly synchronous = false;
  readonly floatType = 'float32';
  readonly description: string;
  readonly #live = new Set<GpuStorage>();
  readonly #none: GpuStorage;
  #bytes = 0;
  #disposed = false;

  readonly #device: Device;

  constructor(device: Device) {
    this.#device = device;
    this.description = `gpu: ${device.mode === 'webgpu' ? 'WebGPU' : 'WebGL2'} through gpu.js, ${device.adapter}`;
    this.#none = new GpuStorage('float32', 1, device.allocate(1));
    device.write(this.#none.buffer, new Float32Array(1));
  }

  get mode(): 'webgpu' | 'webgl2' {
    return this.#device.mode;
  }

  allocate(dtype: DType, length: number): Storage {
    this.#assertUsable();
    if (!Number.isSafeInteger(length) || length < 0) throw new RangeError(`gpu: cannot allocate ${length} elements; expected a whole number of 0 or more.`);
    if (dtype === 'float64') throw new TypeError("gpu: this backend computes in float32; for float64 use init('cpu', { precision: 'float64' }).");
    const storage = new GpuStorage(dtype, length, this.#buffer({ dtype, length }));
    this.#live.add(storage);
    this.#bytes += bytesOf(storage);
    return storage;
  }

  free(storage: Storage): void {
    const own = this.#own(storage, 'free');
    this.#live.delete(own);
    this.#bytes -= bytesOf(own);
    this.#device.release(own.buffer);
  }

  write(storage: Storage, data: ArrayLike<number>): void {
    const { dtype, length, buffer } = this.#own(storage, 'write');
    if (data.length > length) throw new RangeError(`gpu: cannot write ${data.length} numbers to a buffer of ${length}; shorten the data or allocate more.`);
    if (data.length > 0) this.#device.write(buffer, dtype === 'int32' ? splitHalves(data) : Float32Array.from(data));
  }

  async read(storage: Storage): Promise<TypedArray> {
    const own = this.#own(storage, 'read');
    const floats = own.length === 0 ? new Float32Array(0) : await this.#device.read(own.buffer, floatsOf(own));
    return own.dtype === 'int32' ? joinHalves(floats) : floats;
  }

  readSync(): TypedArray {
    throw new Error('gpu: a GPU answers later, so nothing can be read at once: use await tensor.data() instead of dataSync().');
  }

  run(kernel: KernelName, buffers: readonly (Storage | null)[], numbers: readonly number[]): void {
    const scratch: Storage[] = [];
    const passes = new PassList(this.#device.hasWebGpu, this.#none, (length) => {
      const storage = this.allocate('float32', length);
      scratch.push(storage);
      return storage;
    });
    programs[kernel](passes, buffers.map((buffer) => (buffer ? this.#own(buffer, kernel) : this.#none)), numbers);
    for (const pass of passes.list) this.#device.run(this.#bound(pass, (storage) => this.#own(storage, kernel).buffer));
    // Given back at once: what is issued later comes later on the device, too.
    for (const storage of scratch) this.free(storage);
  }

  prepare({ commands, transients }: CapturedStep): PreparedPlan {
    this.#assertUsable();
    const planned = new Set<Storage>(transients.map(({ storage }) => storage));
    const list: Pass[] = [];
    for (const { kernel, buffers, numbers } of commands) {
      const passes = new PassList(this.#device.hasWebGpu, this.#none, (length) => {
        const storage = new PlannedStorage('float32', length);
        planned.add(storage);
        return storage;
      });
      programs[kernel](passes, buffers.map((buffer) => (buffer === null ? this.#none : planned.has(buffer) ? buffer : this.#own(buffer, kernel))), numbers);
      list.push(...passes.list);
    }
    const { slotOf, lengths } = planSlots(list, planned, floatsOf);
    const slots: GpuStorage[] = [];
    const bufferOf = (storage: Storage): GpuBuffer => {
      const slot = slotOf.get(storage);
      return slot === undefined ? this.#own(storage, 'a captured step').buffer : slots[slot].buffer;
    };
    let replay: Replay;
    try {
      for (const length of lengths) slots.push(this.allocate('float32', length) as GpuStorage);
      replay = this.#device.prepare(list.map((pass) => this.#bound(pass, bufferOf)));
    } catch (error) {
      for (const slot of slots) this.free(slot);
      throw error;
    }
    return {
      arenaBytes: slots.reduce((sum, slot) => sum + bytesOf(slot), 0),
      run: () => {
        this.#assertUsable();
        replay.run();
      },
      dispose: () => {
        if (this.#disposed) return;
        replay.dispose();
        for (const slot of slots) this.free(slot);
      },
    };
  }

  memory(): MemoryUse {
    return { bytes: this.#bytes, buffers: this.#live.size, reservedBytes: this.#device.memory().reservedBytes };
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#live.clear();
    this.#bytes = 0;
    this.#device.dispose();
  }

  #assertUsable(): void {
    if (this.#disposed) throw new Error("gpu: this backend was disposed; make a new engine with init(createGpuBackend).");
  }

  #buffer(storage: Pick<Storage, 'dtype' | 'length'>): GpuBuffer {
    const floats = floatsOf(storage);
    const { maximumLength, limitName, adapter } = this.#device;
    if (floats > maximumLength) {
      throw new RangeError(
        `gpu: a buffer of ${storage.length} x ${storage.dtype} takes ${4 * floats} bytes, but ${4 * maximumLength} is the most that one may have on this device (${limitName}; ${adapter}): ` +
          'use a smaller batch size, context length or vocabulary.',
      );
    }
    return this.#device.allocate(floats);
  }

  #own(storage: Storage, purpose: string): GpuStorage {
    this.#assertUsable();
    if (storage instanceof GpuStorage && (this.#live.has(storage) || storage === this.#none)) return storage;
    if (storage instanceof GpuStorage) throw new Error(`gpu: cannot use a buffer that was freed, or belongs to another engine (${purpose}): ${storage.length} x ${storage.dtype}. Free a buffer once, after its last use.`);
    throw new TypeError(`gpu: cannot use a buffer of another backend (${purpose}). Read it there and write it here.`);
  }

  #bound(pass: Pass, bufferOf: (storage: Storage) => GpuBuffer): BoundPass {
    if ('from' in pass) return { ...pass, from: bufferOf(pass.from), to: bufferOf(pass.to) };
    const inputs = pass.inputs.map(({ storage, size }) => ({ buffer: bufferOf(storage), size }));
    return { shader: pass.shader, output: bufferOf(pass.output), size: pass.size, inputs, numbers: pass.numbers };
  }
}

/** Takes the passes of one program and makes updates of them where the output is an input, too. */
class PassList implements Passes {
  readonly list: Pass[] = [];

  constructor(
    readonly hasWebGpu: boolean,
    readonly none: Storage,
    readonly scratch: (length: number) => Storage,
  ) {}

  run(shader: ShaderPass['shader'], output: Storage, sizes: readonly number[], inputs: readonly View[], numbers: readonly number[] = []): void {
    if (sizes.includes(0)) return;
    const [x, y = 1, z = 1] = sizes;
    const size = [x, y, z] as const;
    if (inputs.every(({ storage }) => storage !== output)) {
      this.list.push({ shader, output, size, inputs, numbers });
      return;
    }
    const length = x * y * z;
    const result = this.scratch(length);
    this.list.push({ shader, output: result, size, inputs, numbers });
    if (this.hasWebGpu) this.list.push({ from: result, fromAt: 0, to: output, toAt: 0, length });
    else this.list.push({ shader: 'copy', output, size: [length, 1, 1], inputs: [{ storage: result, size: [length, 1, 1] }], numbers: [] });
  }

  copy(pass: CopyPass): void {
    if (pass.length > 0) this.list.push(pass);
  }
}
