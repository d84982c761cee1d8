// SplitMix64: expands one seed into as many well-mixed 64-bit words as a larger generator needs for its state. Used only for seeding:
// BigInt is exact on every platform, but too slow for anything else.

const mask = (value: bigint): bigint => BigInt.asUintN(64, value);

/**
 * The first `count` words of a seed: Steele, Lea and Flood 2014, "Fast splittable pseudorandom number generators", with the constants of
 * Vigna's public-domain splitmix64.c.
 */
export function splitmix64(seed: bigint, count: number): bigint[] {
  const words: bigint[] = [];
  let state = mask(seed);
  for (let i = 0; i < count; i++) {
    state = mask(state + 0x9e3779b97f4a7c15n);
    let word = state;
    word = mask((word ^ (word >> 30n)) * 0xbf58476d1ce4e5b9n);
    word = mask((word ^ (word >> 27n)) * 0x94d049bb133111ebn);
    words.push(word ^ (word >> 31n));
  }
  return words;
}
