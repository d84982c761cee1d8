// Says that a run was too short.
import { numberFormats } from '../terminal/numbers.js';

/** Fewer steps than this hardly change a model. */
const FEW_STEPS = 20;

const numbers = numberFormats('en');

/** Why a tuning of so few steps may be of little use. */
export const tooFewSteps = (steps: number): string[] => (steps < FEW_STEPS ? [`${numbers.count(steps, 'step')} hardly change${steps === 1 ? 's' : ''} a model. Give more with --epochs or --steps.`] : []);
