// `--data FILE:3`: a file with a weight.
import { InvalidArgumentError } from 'commander';

export interface WeightedFile {
  path: string;
  weight: number;
}

const LARGEST_WEIGHT = 1_000_000;

/** A number after the last colon is the weight, so a name with a colon needs a weight: `a:b:1`. */
export function weightedFile(text: string, previous: WeightedFile[] = []): WeightedFile[] {
  const match = /^(.+):(\d+)$/s.exec(text);
  const file = match ? { path: match[1], weight: Number(match[2]) } : { path: text, weight: 1 };
  if (file.path === '' || !(file.weight >= 1 && file.weight <= LARGEST_WEIGHT)) throw new InvalidArgumentError(`Expected a file, or FILE:N with a weight from 1 to ${LARGEST_WEIGHT}.`);
  return [...previous, file];
}
