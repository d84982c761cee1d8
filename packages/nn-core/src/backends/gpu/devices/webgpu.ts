// Runs passes on WebGPU: gpu.js compiles each shader once, for all shapes; this file binds buffers to it and records dispatches,
// many to a submission. Small numbers of a dispatch (sizes, scalars) go into a slot of a ring of uniforms; those of a prepared
// plan into slots of its own, with its bind groups, so that a replay only records.
import { compileShader, shaderSource } from '../compile.js';
import type { BuiltShader, GpuInstance, GpuJs, WebGpuContextState } from '../gpu-js.js';
import type { ShaderName } from '../passes/pass.js';
import { isCopy, type BoundCopy, type BoundShader, type BoundPass, type Device, type DeviceMemory, type GpuBuffer, type Replay } from './device.js';
import { InOrder } from './in-order.js';
import { BufferPool, roundedLength } from './pool.js';
import { BufferUsage, MAP_READ, type Opaque, type WebGpuBinding, type WebGpuBuffer, type WebGpuComputePass, type WebGpuDeviceApi, type WebGpuEncoder } from './webgpu-types.js';

/** Bytes of a uniform slot: WebGPU's alignment, and more than the eight views and sixteen scalars of any shader take. */
const SLOT_BYTES = 256;
/** Slots of the ring; when they are used up, what was recorded is submitted. */
const RING_SLOTS = 256;

/** How long a failed reading waits for the loss of the device that may be its cause. */
const LOSS_SHOWS_MILLISECONDS = 200;

class StorageBuffer implements GpuBuffer {
  constructor(
    readonly length: number,
    readonly buffer: WebGpuBuffer,
  ) {}
}

/** A dispatch that only has to be recorded. */
interface Dispatch {
  readonly pipeline: Opaque;
  readonly group: Opaque;
  readonly workgroups: readonly [number, number, number];
}

export class WebGpuDevice implements Device {
  readonly mode = 'webgpu';
  readonly hasWebGpu = true;
  readonly limitName = 'maxStorageBufferBindingSize and maxBufferSize of the adapter';
  readonly adapter: string;
  readonly maximumLength: number;
  readonly #gpu: GpuInstance;
  readonly #api: WebGpuDeviceApi;
  readonly #pool: BufferPool<StorageBuffer>;
  readonly #order = new InOrder();
  readonly #shaders = new Map<ShaderName, BuiltShader | null>();
  /** Destroyed after the next submission: recorded commands may still use them. Commands that are not recorded yet do not. */
  readonly #doomed: WebGpuBuffer[] = [];
  readonly #ring: WebGpuBuffer;
  readonly #ringMirror = new ArrayBuffer(RING_SLOTS * SLOT_BYTES);
  #ringSlots = 0;
  #encoder: WebGpuEncoder | null = null;
  #pass: WebGpuComputePass | null = null;
  #staging: WebGpuBuffer | null = null;
  readonly #onError = (event: { readonly error: { readonly message: string } }): void => this.#order.failWith(new Error(`gpu: WebGPU reports: ${event.error.message}`));

  constructor({ GPU }: GpuJs, { adapter, device }: WebGpuContextState) {
    this.#gpu = new GPU({ mode: 'webgpu' });
    this.#api = device;
    const { vendor, architecture, description, isFallbackAdapter } = adapter.info;
    const name = [description || [vendor, architecture].filter(Boolean).join(' ') || 'an adapter that does not say its name'];
    if (isFallbackAdapter) name.push('computed on the processor, so correct but slow');
    this.adapter = name.join(', ');
    const { maxStorageBufferBindingSize, maxBufferSize } = device.limits;
    this.maximumLength = Math.floor(Math.min(maxStorageBufferBindingSize, maxBufferSize) / 4);
    this.#pool = new BufferPool(
      (length) => new StorageBuffer(length, device.createBuffer({ size: length * 4, usage: BufferUsage.STORAGE | BufferUsage.COPY_SRC | BufferUsage.COPY_DST })),
      ({ buffer }) => this.#destroy(buffer),
    );
    this.#ring = this.#uniforms(RING_SLOTS);
    device.addEventListener('uncapturederror', this.#onError);
    void device.lost.then(({ reason, message }) =>
      this.#order.failWith(new Error(`gpu: the device was lost (${reason}${message ? `: ${message}` : ''}), and with it everything on it: make a new engine with init(createGpuBackend) and load a checkpoint.`)),
    );
  }

  allocate(length: number): GpuBuffer {
    this.#order.check();
    return this.#pool.take(Math.min(roundedLength(length), Math.max(length, this.maximumLength)));
  }

  release(buffer: GpuBuffer): void {
    this.#pool.give(buffer as StorageBuffer);
  }

  write(buffer: GpuBuffer, floats: Float32Array): void {
    this.#order.add(
      () => true,
      () => {
        this.#submit();
        this.#api.queue.writeBuffer((buffer as StorageBuffer).buffer, 0, floats);
      },
    );
  }

  async read(buffer: GpuBuffer, length: number): Promise<Float32Array> {
    const bytes = Math.max(4, length * 4);
    const staging = await new Promise<WebGpuBuffer>((resolve, reject) => {
      this.#order.add(
        () => true,
        () => {
          const target = this.#takeStaging(bytes);
          this.#endPass().copyBufferToBuffer((buffer as StorageBuffer).buffer, 0, target, 0, bytes);
          this.#submit();
          target.mapAsync(MAP_READ).then(
            () => resolve(target),
            (error: Error) => void this.#lossShows().then(() => reject(this.#order.failure ?? new Error(`gpu: a buffer of ${length} numbers could not be read: ${error.message}`, { cause: error }))),
          );
        },
        reject,
      );
    });
    const floats = new Float32Array(staging.getMappedRange().slice(0, length * 4));
    staging.unmap();
    this.#giveStaging(staging);
    this.#order.check();
    return floats;
  }

  run(pass: BoundPass): void {
    if (isCopy(pass)) return this.#order.add(() => true, () => this.#copy(pass));
    this.#order.add(
      () => this.#isCompiled(pass.shader),
      () => {
        if (this.#ringSlots === RING_SLOTS) this.#submit();
        const offset = SLOT_BYTES * this.#ringSlots++;
        this.#record(this.#bind(pass, this.#ring, this.#ringMirror, offset));
      },
    );
  }

  prepare(passes: readonly BoundPass[]): Replay {
    const uniforms = this.#uniforms(Math.max(1, passes.length));
    let steps: readonly (Dispatch | BoundCopy)[] | null = null;
    const bind = (): readonly (Dispatch | BoundCopy)[] => {
      const mirror = new ArrayBuffer(uniforms.size);
      const bound = passes.map((pass, i) => (isCopy(pass) ? pass : this.#bind(pass, uniforms, mirror, i * SLOT_BYTES)));
      this.#api.queue.writeBuffer(uniforms, 0, mirror);
      return bound;
    };
    return {
      run: () =>
        this.#order.add(
          // Every shader is asked for, so that all are compiled at the same time.
          () => steps !== null || passes.filter((pass) => !isCopy(pass) && !this.#isCompiled(pass.shader)).length === 0,
          () => {
            steps ??= bind();
            for (const step of steps) {
              if ('from' in step) this.#copy(step);
              else this.#record(step);
            }
          },
        ),
      dispose: () => this.#destroy(uniforms),
    };
  }

  memory(): DeviceMemory {
    return { reservedBytes: this.#pool.bytes };
  }

  /** The device itself stays: gpu.js shares one among all engines of a page. */
  dispose(): void {
    this.#submit();
    this.#order.failWith(new Error("gpu: this backend was disposed; make a new engine with init(createGpuBackend)."));
    this.#pool.dispose();
    for (const shader of this.#shaders.values()) shader?.destroy();
    this.#shaders.clear();
    this.#ring.destroy();
    this.#staging?.destroy();
    this.#staging = null;
    this.#api.removeEventListener('uncapturederror', this.#onError);
  }

  /** Starts the compiler when the shader is asked for the first time. */
  #isCompiled(name: ShaderName): boolean {
    const shader = this.#shaders.get(name);
    if (shader === undefined) {
      this.#shaders.set(name, null);
      compileShader(this.#gpu, name, { type: 'Array', value: new Float32Array(1) }).then(
        (built) => {
          this.#shaders.set(name, built);
          this.#order.proceed();
        },
        (error: Error) => this.#order.failWith(error),
      );
    }
    return Boolean(shader);
  }

  /** Writes the small numbers of a pass into their slot and binds its buffers. */
  #bind({ shader: name, output, size, inputs, numbers }: BoundShader, uniforms: WebGpuBuffer, mirror: ArrayBuffer, offset: number): Dispatch {
    const shader = this.#shaders.get(name)!;
    const layout = shader.paramsLayout!;
    const { workgroups, dispatchWidth } = this.#workgroups(name, shader, size);
    const view = new DataView(mirror, offset, SLOT_BYTES);
    const putWhole = (at: number, values: readonly number[]): void => values.forEach((value, i) => view.setUint32(at + 4 * i, value, true));
    putWhole(0, [...size, dispatchWidth]);
    layout.arrayArgs.forEach(({ dimsOffset }, i) => {
      const [x, y, z] = inputs[i].size;
      putWhole(dimsOffset, [x, y, z, x * y * z]);
    });
    layout.scalarArgs.forEach(({ type, offset: at }, i) => {
      if (type === 'Integer') view.setInt32(at, numbers[i], true);
      else view.setFloat32(at, numbers[i], true);
    });
    const bindings: WebGpuBinding[] = [{ binding: 0, resource: { buffer: uniforms, offset, size: layout.byteLength } }];
    for (const { buffer } of inputs) bindings.push({ binding: bindings.length, resource: { buffer: (buffer as StorageBuffer).buffer } });
    bindings.push({ binding: bindings.length, resource: { buffer: (output as StorageBuffer).buffer } });
    return { pipeline: shader.computePipeline!, group: this.#api.createBindGroup({ layout: shader.bindGroupLayout!, entries: bindings }), workgroups };
  }

  /** One axis is folded into two where it has more workgroups than an axis may have; the shader unfolds it by `dispatchWidth`. */
  #workgroups(name: ShaderName, shader: BuiltShader, size: readonly [number, number, number]): { workgroups: [number, number, number]; dispatchWidth: number } {
    const most = this.#api.limits.maxComputeWorkgroupsPerDimension;
    const workgroups = size.map((length, axis) => Math.ceil(length / shader.workgroupSize![axis])) as [number, number, number];
    if (shaderSource(name).axes === 1) {
      if (workgroups[0] > most) {
        workgroups[1] = Math.ceil(workgroups[0] / most);
        workgroups[0] = Math.ceil(workgroups[0] / workgroups[1]);
      }
      return { workgroups, dispatchWidth: workgroups[0] * shader.workgroupSize![0] };
    }
    if (workgroups.some((count) => count > most)) {
      throw new RangeError(`gpu: the shader ${name} would fill ${size.join(' x ')} places; this adapter allows ${most * 8} x ${most * 8} x ${most}: use a smaller batch.`);
    }
    return { workgroups, dispatchWidth: 0 };
  }

  #record({ pipeline, group, workgroups }: Dispatch): void {
    this.#encoder ??= this.#api.createCommandEncoder();
    this.#pass ??= this.#encoder.beginComputePass();
    this.#pass.setPipeline(pipeline);
    this.#pass.setBindGroup(0, group);
    this.#pass.dispatchWorkgroups(...workgroups);
  }

  #copy({ from, fromAt, to, toAt, length }: BoundCopy): void {
    this.#endPass().copyBufferToBuffer((from as StorageBuffer).buffer, fromAt * 4, (to as StorageBuffer).buffer, toAt * 4, length * 4);
  }

  /** The encoder, with no compute pass open. */
  #endPass(): WebGpuEncoder {
    this.#pass?.end();
    this.#pass = null;
    return (this.#encoder ??= this.#api.createCommandEncoder());
  }

  #submit(): void {
    if (this.#encoder) {
      const commands = this.#endPass().finish();
      this.#encoder = null;
      if (this.#ringSlots > 0) this.#api.queue.writeBuffer(this.#ring, 0, this.#ringMirror, 0, this.#ringSlots * SLOT_BYTES);
      this.#ringSlots = 0;
      this.#api.queue.submit([commands]);
    }
    for (const buffer of this.#doomed.splice(0)) buffer.destroy();
  }

  /**
   * Destroys a buffer after everything that was issued before, as if that were a command itself: what waits for its shader
   * has not been recorded yet.
   */
  #destroy(buffer: WebGpuBuffer): void {
    if (this.#order.failure) return buffer.destroy(); // nothing is recorded any more
    this.#order.add(
      () => true,
      () => void this.#doomed.push(buffer),
      () => buffer.destroy(),
    );
  }

  #uniforms(slots: number): WebGpuBuffer {
    return this.#api.createBuffer({ size: slots * SLOT_BYTES, usage: BufferUsage.UNIFORM | BufferUsage.COPY_DST });
  }

  /** Resolves when the loss of the device is known, or no loss was reported in time: browsers end what is awaited before they say why. */
  #lossShows(): Promise<unknown> {
    return Promise.race([this.#api.lost, new Promise((resolve) => setTimeout(resolve, LOSS_SHOWS_MILLISECONDS))]);
  }

  /** Readable memory: the one buffer that is kept, where it is free and large enough. */
  #takeStaging(bytes: number): WebGpuBuffer {
    const kept = this.#staging;
    this.#staging = null;
    if (kept?.size === bytes) return kept;
    kept?.destroy();
    return this.#api.createBuffer({ size: bytes, usage: BufferUsage.MAP_READ | BufferUsage.COPY_DST });
  }

  #giveStaging(buffer: WebGpuBuffer): void {
    this.#staging?.destroy();
    this.#staging = buffer;
  }
}
