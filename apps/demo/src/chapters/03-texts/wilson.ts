// How certain a share is that was counted in a few cases.

/**
 * Wilson's interval: if the true share were outside of it, counts like these would come about in fewer than 5 of 100 texts.
 * Source: E. Wilson, "Probable inference, the law of succession, and statistical inference", Journal of the American Statistical Association 22 (1927).
 */
export function wilson({ hits, cases }: { hits: number; cases: number }): { low: number; high: number } {
  const z = 1.96;
  const share = hits / cases;
  const middle = (share + (z * z) / (2 * cases)) / (1 + (z * z) / cases);
  const half = (z * Math.sqrt((share * (1 - share)) / cases + (z * z) / (4 * cases * cases))) / (1 + (z * z) / cases);
  return { low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}
