// Declares the part of the WebGPU API that the device uses: https://www.w3.org/TR/webgpu/. TypeScript's own library has none yet.

export interface WebGpuAdapter {
  readonly info: { readonly vendor: string; readonly architecture: string; readonly device: string; readonly description: string; readonly isFallbackAdapter?: boolean };
}

export interface WebGpuBuffer {
  readonly size: number;
  mapAsync(mode: number): Promise<void>;
  getMappedRange(): ArrayBuffer;
  unmap(): void;
  destroy(): void;
}

/** Pipelines, layouts and groups are only handed on. */
export type Opaque = object;

export interface WebGpuComputePass {
  setPipeline(pipeline: Opaque): void;
  setBindGroup(index: number, group: Opaque): void;
  dispatchWorkgroups(x: number, y: number, z: number): void;
  end(): void;
}

export interface WebGpuEncoder {
  beginComputePass(): WebGpuComputePass;
  copyBufferToBuffer(from: WebGpuBuffer, fromOffset: number, to: WebGpuBuffer, toOffset: number, size: number): void;
  finish(): Opaque;
}

export interface WebGpuBinding {
  readonly binding: number;
  readonly resource: { readonly buffer: WebGpuBuffer; readonly offset?: number; readonly size?: number };
}

export interface WebGpuDeviceApi {
  readonly limits: { readonly maxStorageBufferBindingSize: number; readonly maxBufferSize: number; readonly maxComputeWorkgroupsPerDimension: number };
  readonly lost: Promise<{ readonly reason: string; readonly message: string }>;
  readonly queue: {
    submit(commands: readonly Opaque[]): void;
    writeBuffer(buffer: WebGpuBuffer, offset: number, data: ArrayBuffer | ArrayBufferView, dataOffset?: number, size?: number): void;
  };
  createBuffer(settings: { size: number; usage: number }): WebGpuBuffer;
  createBindGroup(settings: { layout: Opaque; entries: readonly WebGpuBinding[] }): Opaque;
  createCommandEncoder(): WebGpuEncoder;
  addEventListener(type: 'uncapturederror', listener: (event: { readonly error: { readonly message: string } }) => void): void;
  removeEventListener(type: 'uncapturederror', listener: (event: { readonly error: { readonly message: string } }) => void): void;
}

/** Numbers that the specification fixes; their names are globals only where there is WebGPU. */
export const BufferUsage = { MAP_READ: 0x1, COPY_SRC: 0x4, COPY_DST: 0x8, UNIFORM: 0x40, STORAGE: 0x80 } as const;
export const MAP_READ = 1;
