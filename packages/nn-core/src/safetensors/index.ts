// Turns the bytes of a safetensors file into named tensors and back. No file access here, and no tensors of this package's engine.
export { type SafetensorsDType } from './dtypes.js';
export { SafetensorsError } from './errors.js';
export { readSafetensors, type SafeTensor, type SafetensorsFile } from './read.js';
export { toFloat32, toNumbers } from './to-numbers.js';
export { type TensorToWrite, writeSafetensors } from './write.js';
