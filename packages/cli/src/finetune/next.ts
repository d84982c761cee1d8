// What to do with a tuned model.
import type { RunParts } from './method.js';

/** A model that answers is talked with; another one writes. */
export const writesNext = ({ template }: RunParts): { readonly about: string; readonly verb: string } => (template ? { about: 'Talk with it:', verb: 'chat' } : { about: 'Let it write:', verb: 'generate' });
