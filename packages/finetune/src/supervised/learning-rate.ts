// Chooses learning rates that suit what is trained.
import { hasLora, type TrainedPart } from '../tuning/trained-part.js';

/** Of all weights of a model of this width; wider models want less, in proportion (Yang et al. 2022, "Tensor Programs V", arXiv:2203.03466). */
const FULL_RATE = 5e-4;
const AT_WIDTH = 128;
/** The best rate of LoRA is about ten times that of all weights, whatever the model's size (Schulman et al. 2025, "LoRA Without Regret"). */
const LORA_FACTOR = 10;

/**
 * The highest learning rate of a run, if none is given: 8e-5 for all weights of GPT-2 (width 768), 2e-5 at width 3072.
 * @param width of the model
 */
export function suggestedLearningRate(part: TrainedPart, width: number): number {
  const full = (FULL_RATE * AT_WIDTH) / width;
  const rate = hasLora(part) ? LORA_FACTOR * full : full;
  return Number(rate.toPrecision(2));
}
