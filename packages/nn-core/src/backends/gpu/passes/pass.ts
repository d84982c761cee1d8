// Declares how a kernel of the contract becomes shaders: a program issues passes, each of which fills one output buffer. Programs
// run once for each call in eager code, and once for all replays in a captured step; they compute nothing.
import type { Storage } from '../../backend.js';
import type { shaderSources } from '../generated/shaders.js';

export type ShaderName = keyof typeof shaderSources;

/** A buffer as a shader sees it: sizes along x (the fastest axis), y and z. */
export interface View {
  readonly storage: Storage;
  readonly size: readonly [x: number, y: number, z: number];
}

/** One run of a shader: an invocation for each number of `size`, which fill `output` from its beginning. */
export interface ShaderPass {
  readonly shader: ShaderName;
  readonly output: Storage;
  readonly size: readonly [x: number, y: number, z: number];
  readonly inputs: readonly View[];
  /** The shader's `Int` and `Float` arguments, in order. */
  readonly numbers: readonly number[];
}

/** Copies `length` floats between two different buffers. */
export interface CopyPass {
  readonly from: Storage;
  readonly fromAt: number;
  readonly to: Storage;
  readonly toAt: number;
  readonly length: number;
}

export type Pass = ShaderPass | CopyPass;

/** What programs issue their passes to. */
export interface Passes {
  /** Whether shaders may return four numbers (`Four`) and buffers may be copied in part: on WebGPU. */
  readonly hasWebGpu: boolean;
  /** A buffer of one number, for absent arguments. */
  readonly none: Storage;
  /** A float buffer that lives until the program ends. */
  scratch(length: number): Storage;
  /**
   * Issues a shader. `size` is [x], [x, y] or [x, y, z]; nothing happens when one is 0. The output may be among the inputs:
   * it then changes when the shader has finished.
   */
  run(shader: ShaderName, output: Storage, size: readonly number[], inputs: readonly View[], numbers?: readonly number[]): void;
  copy(pass: CopyPass): void;
}

/** `buffers` in the order of the contract, absent ones being `passes.none`. */
export type Program = (passes: Passes, buffers: readonly Storage[], numbers: readonly number[]) => void;

export const vector = (storage: Storage, length: number): View => ({ storage, size: [length, 1, 1] });
export const matrix = (storage: Storage, rows: number, columns: number): View => ({ storage, size: [columns, rows, 1] });
export const cube = (storage: Storage, layers: number, rows: number, columns: number): View => ({ storage, size: [columns, rows, layers] });
/** An int32 buffer: two floats for each number. */
export const halves = (storage: Storage, length: number): View => matrix(storage, length, 2);
/** How many floats a number of this buffer takes. */
export const floatsPerNumber = ({ dtype }: Storage): number => (dtype === 'int32' ? 2 : 1);
