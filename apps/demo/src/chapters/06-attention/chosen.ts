// What a visitor has tapped, as a setting in the address: heads as `4.2_1.3`, layer and head counted from 1, and places as `3_4`.
import type { HeadAddress } from '@kk/gpt/explain';
import type { Setting } from '../../storage/url-state.js';

const list = (pattern: string): Setting<string> => ({ initial: '', read: (text) => (new RegExp(`^(${pattern}(_${pattern})*)?$`).test(text) && text.length <= 600 ? text : undefined), write: String });

export const headsSetting = list('[1-9]\\d?\\.[1-9]\\d?');
export const placesSetting = list('[1-9]\\d{0,3}');

const parts = (text: string): string[] => text.split('_').filter(Boolean);

/** The heads of a setting, counted from 0. */
export function headsOf(text: string): HeadAddress[] {
  return parts(text).map((part) => {
    const [layer, head] = part.split('.').map(Number) as [number, number];
    return { layer: layer - 1, head: head - 1 };
  });
}

/** The places of a setting, counted from 0. */
export const placesOf = (text: string): number[] => parts(text).map((part) => Number(part) - 1);

export const headText = ({ layer, head }: HeadAddress): string => `${layer + 1}.${head + 1}`;

/** The same setting with this part, or without it if it was there. */
export function toggled(text: string, part: string): string {
  const all = parts(text);
  return (all.includes(part) ? all.filter((other) => other !== part) : [...all, part]).join('_');
}
