// Draws the wording of a request.

import type { Draws } from './draws.js';
import type { Wordings } from './language.js';
import type { InstructionPart } from './types.js';

export interface DrawnWording {
  readonly text: string;
  /** Whether it occurs only in the test part, of which it is half. */
  readonly isNew: boolean;
}

export function drawWording(wordings: Wordings, part: InstructionPart, draws: Draws): DrawnWording {
  const isNew = part === 'test' && draws.chance(0.5);
  return { text: draws.of(isNew ? wordings.test : wordings.training), isNew };
}
