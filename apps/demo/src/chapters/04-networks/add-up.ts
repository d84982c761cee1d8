// Rounded numbers that still add up to their rounded sum, for a reader who checks it.

/** @returns each part to so many digits after the decimal point; where needed, the one that is rounded most is rounded the other way */
export function addUp(parts: readonly number[], digits: number): number[] {
  const scale = 10 ** digits;
  const rounded = parts.map((part) => Math.round(part * scale));
  const residue = (i: number): number => parts[i] * scale - rounded[i];
  const total = Math.round(parts.reduce((sum, part) => sum + part, 0) * scale);
  for (let missing = total - rounded.reduce((sum, part) => sum + part, 0); missing !== 0; missing -= Math.sign(missing)) {
    const [most] = [...rounded.keys()].sort((a, b) => Math.sign(missing) * (residue(b) - residue(a)));
    rounded[most] += Math.sign(missing);
  }
  return rounded.map((part) => part / scale);
}
