// The option `--smoothing`: how counts become probabilities.
import { parseSmoothing, smoothingNames, type Smoothing } from '@kk/markov';
import { InvalidArgumentError, Option } from 'commander';

export const smoothingOption = (description: string): Option => new Option('--smoothing <name>', `${description}: ${smoothingNames.join(', ')}; some take a number, such as additive:0.1`).argParser(smoothing);

function smoothing(text: string): Smoothing {
  try {
    return parseSmoothing(text);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new InvalidArgumentError(`${error.message.charAt(0).toUpperCase()}${error.message.slice(1)}.`);
  }
}
