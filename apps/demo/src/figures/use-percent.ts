// Probabilities as percentages, everywhere alike: what is possible is not called 0 %, and what is not certain is not called 100 %.
import { computed, type ComputedRef } from 'vue';
import { useNumbers } from '../languages/index.js';

/** @param digits  after the decimal point */
export function usePercent(digits = 1): ComputedRef<(share: number) => string> {
  const number = useNumbers();
  const least = 10 ** -(digits + 2);
  const percent = (share: number): string => number.value(share, { style: 'percent', minimumFractionDigits: digits, maximumFractionDigits: digits });
  return computed(() => (share) => {
    if (share > 0 && share < least / 2) return `< ${percent(least)}`;
    return share < 1 && share >= 1 - least / 2 ? `> ${percent(1 - least)}` : percent(share);
  });
}
