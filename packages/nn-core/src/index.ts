// @kk/nn-core: tensors, automatic gradients, layers, optimizers and safetensors. See the README.
export type { Backend, DType, MachinePeak, MemoryUse, Storage, TypedArray } from './backends/backend.js';
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

export { abs, add, clip, divide, exp, log, multiply, negate, scale, sqrt, square, subtract } from './ops/elementwise.js';
export { gelu, geluErf, relu, sigmoid, silu, swiglu, tanh } from './ops/activations.js';
export { concatenate, expand, permute, reshape, slice, transpose } from './ops/shape.js';
export { equal, greater, greaterOrEqual, less, lessOrEqual, maximum, minimum, notEqual, where } from './ops/comparisons.js';
export { pow } from './ops/power.js';
export { gather } from './ops/gather.js';
export { argmax, argmin, max, mean, min, std, sum, variance, type VarianceOptions } from './ops/reductions.js';
export type { Activation } from './ops/fused-activation.js';
export { matmul, type MatmulOptions } from './ops/matmul.js';
export { matmulInt8 } from './ops/matmul-int8.js';
export { layerNorm, logSoftmax, rmsNorm, softmax } from './ops/normalize.js';
export { embedding } from './ops/embedding.js';
export { dropout } from './ops/dropout.js';
export { binaryCrossEntropy, cosineSimilarity, klDivergence, meanSquaredError } from './ops/losses.js';
export { countTargets, crossEntropy, crossEntropyRows, logProbabilities } from './ops/cross-entropy.js';
export { checkpointActivations } from './ops/checkpoint-activations.js';
export { rotaryEmbedding, rotaryTable, type RotaryOptions } from './ops/rotary.js';
export { attention, attentionWeights, cachedAttention, selfAttention, type AttentionOptions, type CachedAttentionOptions } from './ops/attention.js';

export type { Layer } from './layers/layer.js';
export { Module } from './layers/module.js';
export { matchesNameOrOwner, type NamePattern } from './layers/name-pattern.js';
export { replaceLayers } from './layers/replace-layers.js';
export { Linear, type LinearOptions } from './layers/linear.js';
export { LayerNorm } from './layers/layer-norm.js';
export { RMSNorm } from './layers/rms-norm.js';
export { Embedding } from './layers/embedding.js';
export { Dropout } from './layers/dropout.js';

export { type ParameterGroup } from './optimizers/groups.js';
export { Optimizer, type StepOptions } from './optimizers/optimizer.js';
export { AdamW, type AdamWOptions } from './optimizers/adamw.js';
export { SGD, type SGDOptions } from './optimizers/sgd.js';
export { clipFactor, sumOfSquaredGradients, type ClipOptions } from './optimizers/clip.js';
export { warmupCosine, type ScheduleOptions } from './optimizers/schedule.js';

export { dequantize, quantize, type QuantizedValues, type QuantizeOptions } from './quantization/quantize.js';
export { QuantizedLinear } from './quantization/quantized-linear.js';
export { QuantizedMatrix } from './quantization/quantized-matrix.js';
export { Random, type RandomState } from './random/random.js';
export { philox4x32 } from './random/philox.js';
export { readSafetensors, SafetensorsError, toFloat32, writeSafetensors, type SafeTensor, type SafetensorsDType, type SafetensorsFile, type TensorToWrite } from './safetensors/index.js';
