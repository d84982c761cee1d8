// Puts all kernels of this backend into one table: the functions of the folder `kernels`, which `scripts/build-lists.mjs` finds. The
// type of the table is derived from the contract in `../kernels.ts`: a missing kernel, a wrong number of parameters, or an integer
// buffer taken for a float buffer does not compile.
import type { KernelName, kernels, KernelSignature } from '../kernels.js';
import type { FloatArray } from './arrays.js';
import * as functions from './generated/kernels.js';

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

export const cpuKernels: { readonly [Name in KernelName]: KernelFunction<(typeof kernels)[Name]> } = { ...functions };
