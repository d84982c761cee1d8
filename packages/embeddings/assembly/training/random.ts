// The random numbers of the training loop: sfc32 by Chris Doty-Humphrey (PractRand), three words and a counter.

let a: u32 = 0;
let b: u32 = 0;
let c: u32 = 0;
let counter: u32 = 1;

/** Begins with three words of seed; the first 15 numbers are thrown away, until the seed is mixed. */
export function seedRandom(first: u32, second: u32, third: u32): void {
  a = first;
  b = second;
  c = third;
  counter = 1;
  for (let i = 0; i < 15; i++) nextWord();
}

/** 32 random bits. */
// @ts-ignore: decorator
@inline
export function nextWord(): u32 {
  const word = a + b + counter;
  counter++;
  a = b ^ (b >>> 9);
  b = c + (c << 3);
  c = rotl<u32>(c, 21) + word;
  return word;
}

/** A random integer from 0 to limit - 1: the high word of the product. The bias is below limit / 2^32. */
// @ts-ignore: decorator
@inline
export function nextBelow(limit: u32): u32 {
  return u32((u64(nextWord()) * u64(limit)) >> 32);
}

/** Fills the first `width` numbers of each row with uniform ones in [-bound, bound), from 24 bits each. */
export function drawTable(table: usize, rows: i32, width: i32, stride: i32, bound: f32): void {
  for (let row = 0; row < rows; row++) {
    const start = table + (usize(row) * usize(stride)) * 4;
    for (let i = 0; i < width; i++) store<f32>(start + (usize(i) << 2), (f32(nextWord() >>> 8) * (1.0 / 8388608.0) - 1) * bound);
  }
}
