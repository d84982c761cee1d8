// @kk/nn-core: tensors, automatic gradients, layers, optimizers and safetensors. See the README.
export type { Backend, BlasFacts, DType, MachinePeak, MemoryUse, Storage, TypedArray } from './backends/backend.js';
export { kernelBuffers, kernelLengths, kernels, type KernelBuffer, type KernelName, type KernelSignature } from './backends/kernels.js';
export { createCpuBackend } from './backends/cpu/backend.js';
export { createWasmBackend } from './backends/wasm/backend.js';
export { init, type BackendFactory, type InitOptions } from './init.js';
export { measurePeak } from './peak.js';
export { Engine } from './core/engine.js';
export { boundsOf, type Bounds } from './core/bounds.js';
export { Tensor } from './core/tensor.js';
export { type Shape } from './core/shape.js';
export { compileStep } from './capture/compile-step.js';
export type { Plan } from './capture/plan.js';
export { backward, record, type GradientRule, type TapeEntry } from './core/tape.js';

// Every file of src/ops is a family of operations, and all that it exports is public. What they share is in src/ops/shared.
export * from './ops/elementwise.js';
export * from './ops/activations.js';
export * from './ops/shape.js';
export * from './ops/comparisons.js';
export * from './ops/power.js';
export * from './ops/gather.js';
export * from './ops/reductions.js';
export * from './ops/matmul.js';
export * from './ops/low-rank-matmul.js';
export * from './ops/matmul-int8.js';
export * from './ops/normalize.js';
export * from './ops/conv2d.js';
export * from './ops/pooling.js';
export * from './ops/embedding.js';
export * from './ops/dropout.js';
export * from './ops/losses.js';
export * from './ops/cross-entropy.js';
export * from './ops/checkpoint-activations.js';
export * from './ops/rotary.js';
export * from './ops/attention.js';
export * from './ops/cached-attention.js';
export { expectTensor } from './ops/shared/check.js';
export type { Activation } from './ops/shared/fused-activation.js';
export type { AttentionOptions, TrainingAttentionOptions } from './ops/shared/attention-options.js';

export type { Layer } from './layers/layer.js';
export { Module } from './layers/module.js';
export { matchesNameOrOwner, type NamePattern } from './layers/name-pattern.js';
export { replaceLayers } from './layers/replace-layers.js';
export type { LoadOptions, LoadReport } from './layers/saved-tensors.js';
export { Linear, type LinearOptions } from './layers/linear.js';
export { LayerNorm } from './layers/layer-norm.js';
export { RMSNorm } from './layers/rms-norm.js';
export { Conv2d, type Conv2dLayerOptions } from './layers/conv2d.js';
export { AveragePool2d, Flatten, MaxPool2d } from './layers/pooling.js';
export { Embedding, type EmbeddingOptions } from './layers/embedding.js';
export { Dropout } from './layers/dropout.js';

export { type ParameterGroup } from './optimizers/groups.js';
export { Optimizer, type StepOptions } from './optimizers/optimizer.js';
export { AdamW, type AdamWOptions } from './optimizers/adamw.js';
export { SGD, type SGDOptions } from './optimizers/sgd.js';
export { clipFactor, sumOfSquaredGradients, type ClipOptions } from './optimizers/clip.js';
export { warmupCosine, type ScheduleOptions } from './optimizers/schedule.js';

export { dequantize, quantize, type QuantizedValues, type QuantizeOptions } from './quantization/quantize.js';
export { QuantizedLinear, type QuantizedLinearOptions } from './quantization/quantized-linear.js';
export { QuantizedMatrix } from './quantization/quantized-matrix.js';
export { checkOptions, type NoOptions, type OptionNames } from '@kk/options';
export { philox4x32, Random, type RandomState } from '@kk/random';
export { readSafetensors, SafetensorsError, toFloat32, writeSafetensors, type SafeTensor, type SafetensorsDType, type SafetensorsFile, type TensorToWrite } from './safetensors/index.js';
