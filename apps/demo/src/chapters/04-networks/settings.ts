// The settings that figures of this chapter share: those of the network, and the visitor's drawing.
import { readStrokes } from '../../figures/sign-strokes.js';
import { HIDDEN } from '../../lab/signs/sizes.js';
import { oneOf, whole, type Setting } from '../../storage/url-state.js';

export const rates = ['0.001', '0.01', '0.05', '0.1', '0.2', '0.5', '1', '2', '5'] as const;
export const exampleCounts = ['10', '100', '1000', '9000'] as const;

/** How the network learns. */
export const networkSettings = {
  rate: oneOf(rates, '0.5'),
  examples: oneOf(exampleCounts, '9000'),
  seed: whole(0, 2 ** 31 - 1, 1),
};

const drawing: Setting<string> = { initial: '', read: (text) => (readStrokes(text) ? text : undefined), write: (text) => text };

/** What the visitor drew, the same in all figures; see sign-strokes.ts. */
export const drawingSetting = { drawn: drawing };

/** What a visitor changed inside the network. */
export interface Changes {
  /** Hidden neurons that are removed. */
  removed: readonly number[];
  /** Weights that are flipped: from a hidden neuron to a digit. */
  flipped: readonly { neuron: number; digit: number }[];
}

export const flipOf = (neuron: number, digit: number): { neuron: number; digit: number } => ({ neuron, digit });

/** Longer than all changes at once. */
const LONGEST_CHANGES = HIDDEN * '127.127-0123456789.'.length;

/** Written as `5.17-38`: neuron 5 is removed, and the weights from neuron 17 to the digits 3 and 8 flipped. */
export const changesSetting = {
  initial: '',
  read: (text: string): string | undefined => (text.length <= LONGEST_CHANGES && /^(\d{1,3}(-\d+)?(\.|$))*$/.test(text) && [...text.matchAll(/(\d+)(-\d+)?/g)].every(([, neuron]) => Number(neuron) < HIDDEN) ? changesSetting.join(changesSetting.parse(text)) : undefined),
  write: (text: string): string => text,
  /** Each change once, whatever the text says. */
  parse(text: string): Changes {
    const removed = new Set<number>();
    const flipped = new Map<number, Set<number>>();
    for (const [neuron, digits] of text.split('.').filter(Boolean).map((part) => part.split('-'))) {
      if (digits === undefined) removed.add(Number(neuron));
      else flipped.set(Number(neuron), new Set([...(flipped.get(Number(neuron)) ?? []), ...Array.from(digits, Number)]));
    }
    return { removed: [...removed], flipped: [...flipped].flatMap(([neuron, digits]) => [...digits].map((digit) => flipOf(neuron, digit))) };
  },
  join({ removed, flipped }: Changes): string {
    const digits = new Map<number, string>();
    for (const { neuron, digit } of flipped) digits.set(neuron, `${digits.get(neuron) ?? ''}${digit}`);
    return [...removed, ...[...digits].map(([neuron, all]) => `${neuron}-${all}`)].join('.');
  },
} satisfies Setting<string> & Record<string, unknown>;
