// What computed a model: the backend in words, and what a checkpoint keeps of it, so that a run that goes on elsewhere can say so.
import { existsSync } from 'node:fs';
import type { Engine } from '@kk/nn-core';

/** What decides the last bits of the numbers. A checkpoint keeps it. */
export interface ComputedBy {
  /** The backend's description without its threads: any number of them gives the same bits. */
  readonly backend: string;
  /** The file of the BLAS; null where none multiplied. */
  readonly blas: string | null;
}

/** Whether a BLAS multiplies. */
export const hasBlas = ({ backend: { blas } }: Engine): boolean => blas !== undefined && 'file' in blas;

export function computedBy({ backend: { description, blas } }: Engine): ComputedBy {
  return { backend: description.replace(/, \d+ threads?(?: \([^)]*\))?(?=,|$)/, '').replace(/, without a BLAS$/, ''), blas: blas && 'file' in blas ? blas.file : null };
}

export function isComputedBy(value: unknown): value is ComputedBy {
  const { backend, blas } = Object(value) as Partial<Record<keyof ComputedBy, unknown>>;
  return typeof backend === 'string' && (blas === null || typeof blas === 'string');
}

/**
 * The `--blas` with which a run goes on where none is given: the library that it was computed with, or the one of this machine where that is another;
 * none where none was used. What was written before checkpoints kept this was computed without.
 */
export function blasToGoOn(before: ComputedBy | undefined): string {
  if (!before || before.blas === null) return 'off';
  return existsSync(before.blas) ? before.blas : 'auto';
}

/** The backend that computed so far, where it is another than now. */
export function otherBackend(before: ComputedBy | undefined, engine: Engine): string | undefined {
  return before && before.backend !== computedBy(engine).backend ? before.backend : undefined;
}

/** For people who go on with a run. */
export const otherBackendInWords = (before: string): string => `So far it was computed by ${before}; from here on the numbers may differ in their last digits.`;

/** @param command how the user runs kk, which says more where a BLAS is missing */
export function backendInWords({ backend: { description, blas } }: Engine, command: string): string {
  return blas && 'missing' in blas ? `${description} (${command} devices says how to get one)` : description;
}
