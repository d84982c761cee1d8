// @kk/nn-core/gpu: the backend for graphics cards, in an entry of its own, so that nobody loads gpu.js who does not ask for it. See the README.
export { createGpuBackend, type GpuBackendOptions } from './backends/gpu/create.js';
