// Reports the adapter and mode: the engine's description, gpu.js's device, and its limits.
import { createGpuBackend } from '@kk/nn-core/gpu';
import { init } from '@kk/nn-core';
import { openDevice } from '../lib/gpu-device.mjs';
import { answerWith } from '../lib/gpu-worker.mjs';

await answerWith(async () => {
  const engine = await init(createGpuBackend, { mode: 'webgpu' });
  const { adapter, device, name } = await openDevice();
  const { vendor, architecture, description, isFallbackAdapter } = adapter.info;
  const { maxBufferSize, maxStorageBufferBindingSize, maxComputeWorkgroupStorageSize } = device.limits;
  return {
    backend: engine.backend.description,
    mode: engine.backend.mode,
    adapter: name,
    info: { vendor, architecture, description, isFallbackAdapter },
    limits: { maxBufferSize, maxStorageBufferBindingSize, maxComputeWorkgroupStorageSize },
  };
});
