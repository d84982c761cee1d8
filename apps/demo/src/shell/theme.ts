// The brightness of the page: like the device, or the other one. Every tap changes what one sees.
export const themes = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

/**
 * The brightness after a tap: the opposite of the one that is shown. Where that is the device's own, the page follows the device again.
 * @param device  what the device is set to now
 */
export function nextTheme(theme: Theme, device: 'light' | 'dark'): Theme {
  const shown = theme === 'auto' ? device : theme;
  const next = shown === 'light' ? 'dark' : 'light';
  return next === device ? 'auto' : next;
}
