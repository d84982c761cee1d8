// Gives every kernel of the contract its program. A kernel that has neither a shader of its name nor a program does not compile.
import { kernels, type KernelName } from '../../kernels.js';
import * as attention from './attention.js';
import * as elementwise from './elementwise.js';
import * as images from './images.js';
import * as matmul from './matmul.js';
import * as optimizers from './optimizers.js';
import type { Program } from './pass.js';
import { plainProgram, type NamedKernel } from './plain.js';
import * as reductions from './reductions.js';
import * as rotary from './rotary.js';
import * as rows from './rows.js';
import * as shape from './shape.js';
import * as tables from './tables.js';

/** Those that are more than one pass of the shader with the kernel's name. */
export const written: Readonly<Record<Exclude<KernelName, NamedKernel>, Program> & Partial<Record<NamedKernel, Program>>> = {
  ...attention,
  ...elementwise,
  ...images,
  ...matmul,
  ...optimizers,
  ...reductions,
  ...rotary,
  ...rows,
  ...shape,
  ...tables,
};

export const programs = Object.fromEntries((Object.keys(kernels) as KernelName[]).map((kernel) => [kernel, written[kernel] ?? plainProgram(kernel)])) as Readonly<Record<KernelName, Program>>;
