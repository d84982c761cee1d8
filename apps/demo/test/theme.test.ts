// The brightness: every tap changes what one sees, and the device's own brightness is followed where it is the one that was wanted.
import { expect, it } from 'vitest';
import { nextTheme, themes, type Theme } from '../src/shell/theme.js';

const devices = ['light', 'dark'] as const;
const shown = (theme: Theme, device: (typeof devices)[number]): string => (theme === 'auto' ? device : theme);

it.each(devices.flatMap((device) => themes.map((theme) => [device, theme] as const)))('on a %s device a tap changes %s to the other brightness', (device, theme) => {
  expect(shown(nextTheme(theme, device), device)).not.toBe(shown(theme, device));
});

it.each(devices)('follows a %s device again after two taps', (device) => {
  expect(nextTheme(nextTheme('auto', device), device)).toBe('auto');
});
