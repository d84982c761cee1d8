// Declares what the backend needs of a GPU: memory, and passes in order. Two devices have it, WebGPU (buffers, compute shaders)
// and WebGL2 (textures, fragment shaders). Both let gpu.js translate and compile the shaders, and dispatch them themselves, on
// buffers that stay where they are: gpu.js's own calls would make a new buffer for every result.
import type { ShaderName } from '../passes/pass.js';

/** A run of 32-bit floats on the device. */
export interface GpuBuffer {
  /** Floats that it holds; at least as many as were asked for. */
  readonly length: number;
}

/** A buffer as a shader sees it: sizes along x (the fastest axis), y and z. */
export interface BoundView {
  readonly buffer: GpuBuffer;
  readonly size: readonly [number, number, number];
}

/** A pass whose buffers are known. The output is never among the inputs. */
export interface BoundShader {
  readonly shader: ShaderName;
  readonly output: GpuBuffer;
  readonly size: readonly [number, number, number];
  readonly inputs: readonly BoundView[];
  readonly numbers: readonly number[];
}

export interface BoundCopy {
  readonly from: GpuBuffer;
  readonly fromAt: number;
  readonly to: GpuBuffer;
  readonly toAt: number;
  readonly length: number;
}

export type BoundPass = BoundShader | BoundCopy;

export const isCopy = (pass: BoundPass): pass is BoundCopy => 'from' in pass;

/** Passes that were prepared once to be run often. */
export interface Replay {
  run(): void;
  dispose(): void;
}

export interface DeviceMemory {
  /** Bytes that the device's buffers take, unused ones included. */
  readonly reservedBytes: number;
}

/**
 * Whatever is issued takes effect in order. An error that shows later (a lost device, no memory) is thrown by the next
 * call, and by `read`.
 */
export interface Device {
  readonly mode: 'webgpu' | 'webgl2';
  /** For people: which adapter it is. */
  readonly adapter: string;
  /** Whether shaders may return four numbers and buffers may be copied in part. */
  readonly hasWebGpu: boolean;
  /** The largest buffer, in floats, and what sets that limit. */
  readonly maximumLength: number;
  readonly limitName: string;

  allocate(length: number): GpuBuffer;
  release(buffer: GpuBuffer): void;
  write(buffer: GpuBuffer, floats: Float32Array): void;
  read(buffer: GpuBuffer, length: number): Promise<Float32Array>;
  run(pass: BoundPass): void;
  prepare(passes: readonly BoundPass[]): Replay;
  memory(): DeviceMemory;
  dispose(): void;
}
