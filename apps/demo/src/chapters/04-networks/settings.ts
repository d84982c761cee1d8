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

/** Written as `5.17-3`: neuron 5 is removed, and the weight from neuron 17 to the digit 3 flipped. */
export const changesSetting = {
  initial: '',
  read: (text: string): string | undefined => (/^(\d{1,3}(-\d)?(\.|$))*$/.test(text) && text.length <= 600 && [...text.matchAll(/(\d+)(-\d)?/g)].every(([, neuron]) => Number(neuron) < HIDDEN) ? text : undefined),
  write: (text: string): string => text,
  parse(text: string): Changes {
    const parts = text.split('.').filter(Boolean).map((part) => part.split('-').map(Number));
    return { removed: parts.filter(({ length }) => length === 1).map(([neuron]) => neuron), flipped: parts.filter(({ length }) => length === 2).map(([neuron, digit]) => flipOf(neuron, digit)) };
  },
  join: ({ removed, flipped }: Changes): string => [...removed, ...flipped.map(({ neuron, digit }) => `${neuron}-${digit}`)].join('.'),
} satisfies Setting<string> & Record<string, unknown>;
