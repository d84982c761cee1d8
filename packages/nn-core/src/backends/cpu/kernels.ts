// All kernels of this backend in one table. Its type is derived from the contract in `../kernels.ts`: a missing kernel, a
// wrong number of parameters, or an integer buffer taken for a float buffer does not compile.
import { type KernelName, type kernels, type KernelSignature } from '../kernels.js';
import type { FloatArray } from './arrays.js';
import * as activations from './activations.js';
import * as attention from './attention.js';
import * as cachedAttention from './cached-attention.js';
import * as comparisons from './comparisons.js';
import * as crossEntropy from './cross-entropy.js';
import * as dropout from './dropout.js';
import * as elementwise from './elementwise.js';
import * as embedding from './embedding.js';
import * as gather from './gather.js';
import * as images from './images.js';
import * as matmul from './matmul.js';
import * as matmulInt8 from './matmul-int8.js';
import * as optimizers from './optimizers.js';
import * as pooling from './pooling.js';
import * as reductions from './reductions.js';
import * as rmsNorm from './rms-norm.js';
import * as rotary from './rotary.js';
import * as rows from './rows.js';
import * as shape from './shape.js';

/** A buffer's array, by how its row spells it: `ids: int32`, `bias?`, `masks?: int32`, `x: any`. */
type ArrayNamed<Spelled> = Spelled extends `${string}?: int32` ? Int32Array | null : Spelled extends `${string}?` ? FloatArray | null : Spelled extends `${string}: int32` ? Int32Array : FloatArray;

type ArraysNamed<Names extends readonly string[]> = { -readonly [I in keyof Names]: ArrayNamed<Names[I]> };
type NumbersNamed<Names extends readonly string[]> = { -readonly [I in keyof Names]: number };
type UpdatesOf<Signature> = Signature extends { readonly updates: infer Names extends readonly string[] } ? Names : readonly [];

/**
 * Typed arrays (inputs, updates, outputs), then numbers, in the order of the contract. A signature that the contract shares
 * between kernels (`unary`, `binary`) is known to the compiler as `KernelSignature` only, so any parameters pass for it.
 */
type KernelFunction<Signature extends KernelSignature> = KernelSignature extends Signature
  ? (...values: never[]) => void
  : (
      ...values: [
        ...ArraysNamed<Signature['inputs']>,
        ...ArraysNamed<UpdatesOf<Signature>>,
        ...ArraysNamed<Signature['outputs']>,
        ...NumbersNamed<Signature['numbers']>,
      ]
    ) => void;

export const cpuKernels: { readonly [Name in KernelName]: KernelFunction<(typeof kernels)[Name]> } = {
  ...activations,
  ...attention,
  ...cachedAttention,
  ...comparisons,
  ...crossEntropy,
  ...dropout,
  ...elementwise,
  ...embedding,
  ...gather,
  ...images,
  ...matmul,
  ...matmulInt8,
  ...optimizers,
  ...pooling,
  ...reductions,
  ...rmsNorm,
  ...rotary,
  ...rows,
  ...shape,
};
