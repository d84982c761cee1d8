// The program of every kernel of the contract. A missing one does not compile.
import { kernels, type KernelName } from '../../kernels.js';
import * as attention from './attention.js';
import * as elementwise from './elementwise.js';
import * as images from './images.js';
import * as matmul from './matmul.js';
import * as optimizers from './optimizers.js';
import type { Program } from './pass.js';
import * as reductions from './reductions.js';
import * as rotary from './rotary.js';
import * as rows from './rows.js';
import * as shape from './shape.js';
import * as tables from './tables.js';

/** Those that are more than one pass of the shader with the kernel's name. */
const written: Readonly<Record<Exclude<KernelName, elementwise.PlainKernel>, Program>> = {
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

export const programs = Object.fromEntries(
  (Object.keys(kernels) as KernelName[]).map((kernel) => [kernel, (written as Partial<Record<KernelName, Program>>)[kernel] ?? elementwise.plainProgram(kernel)]),
) as Readonly<Record<KernelName, Program>>;
