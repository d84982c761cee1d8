// Compares strings by Unicode code point, as Python and Rust do. JavaScript's `<` compares UTF-16 units, which puts U+1F600 before U+FB01.

/** Negative when `a` comes before `b` by code point, positive when after, 0 when equal. */
export function compareByCodePoint(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const unitA = a.charCodeAt(i);
    const unitB = b.charCodeAt(i);
    if (unitA !== unitB) return rank(unitA) - rank(unitB);
  }
  return a.length - b.length;
}

/** Surrogates stand for the code points above U+FFFF, so they rank above every other unit. */
function rank(unit: number): number {
  return (unit & 0xf800) === 0xd800 ? unit + 0x10000 : unit;
}
