// Multiplies rows with a matrix of int8 weights, made for a few rows: generating token by token reads every weight once, so that
// a quarter of the bytes is a quarter of the time, provided that the arithmetic keeps up.
//
// Turning each weight into a float takes three instructions for four weights. Instead the rows of a are rounded to 16-bit
// integers, and one instruction multiplies eight pairs of 16-bit integers and adds neighbours. The sums within a block are
// exact. Rounding a to multiples of its block's largest number / 32,767 makes an error of 0.5 % of that of normal weights rounded to
// 255 steps (3 % where one number of a is 200 times the others' deviation), as root mean squares.
import { loadPartial, storePartial, sumOfLanes } from '../lanes';
import { scratchAddress } from '../scratch';
import { blocksOf, firstUnit } from '../share';
import { multiplyAdd } from '../simd';
import { NO_ACTIVATION, activateRow } from './activation';

/**
 * Inner indices that share one scale of a: 256 vectors of 8. Each of the four sums in a vector then is at most
 * 256 * 2 * 128 * 32767 < 2^31.
 */
const BLOCK: i32 = 2048;
/** The greatest magnitude of a rounded number of a. */
const STEPS: f32 = 32767;
/** Inner indices are padded to a multiple of this: 16 bytes of weights of each of four columns are a cache line. */
const PADDING: i32 = 16;
/** Columns of a share begin at multiples of this: a cache line of y. */
const COLUMN_UNIT: i32 = 16;
/** Rows of a that are rounded at a time: the weights of four columns are read from memory once for all of them. */
const ROWS: i32 = 64;
/** Rounded rows: 256 KiB of the second-level cache, and so at most 131,072 inner indices. */
const ROW_BYTES: i32 = 1 << 18;
/** A scale for each row and block: at most ROWS + ROW_BYTES / (2 * BLOCK). */
const SCALE_BYTES: i32 = (ROWS + ROW_BYTES / (2 * BLOCK)) * 4;
/** Four elements of y. */
const EDGE_BYTES: i32 = 16;

/** Scratch memory that the product wants, of any size. */
export function matmulInt8ScratchBytes(): i32 {
  return ROW_BYTES + SCALE_BYTES + EDGE_BYTES;
}

/** y = act(a x weights + bias): see the contract. */
export function matmulInt8(
  a: usize, // (rows, inner)
  packed: usize, // (columns / 4, inner / 16, 4, 16), one byte each, columns and inner padded
  scales: usize, // (columns)
  bias: usize, // (columns), or 0
  y: usize, // (rows, columns)
  rows: i32, columns: i32, inner: i32, activation: i32, part: i32, parts: i32,
): void {
  const units = blocksOf(columns, COLUMN_UNIT);
  const column = firstUnit(units, part, parts) * COLUMN_UNIT;
  const columnEnd = min(firstUnit(units, part + 1, parts) * COLUMN_UNIT, columns);
  if (rows <= 0 || column >= columnEnd) return;
  const padded = blocksOf(inner, PADDING) * PADDING;
  const blocks = blocksOf(padded, BLOCK);
  const rounded = scratchAddress();
  const rowScales = rounded + usize(ROW_BYTES);
  const edge = rowScales + usize(SCALE_BYTES);
  const rowsAtOnce = min(ROWS, ROW_BYTES / max(2 * padded, 1));
  for (let first = 0; first < rows; first += rowsAtOnce) {
    const count = min(rowsAtOnce, rows - first);
    for (let i = 0; i < count; i++) {
      roundRow(a + (usize(first + i) * usize(inner) << 2), inner, padded, rounded + (usize(i * padded) << 1), rowScales + (usize(i * blocks) << 2));
    }
    for (let j = column; j < columnEnd; j += 4) {
      const valid = min(columnEnd - j, 4);
      const offset = usize(j) << 2;
      const scale = loadUpToFour(scales + offset, valid);
      const offsetVector = bias ? loadUpToFour(bias + offset, valid) : f32x4.splat(0);
      const weights = packed + usize(j) * usize(padded);
      for (let i = 0; i < count; i++) {
        sumFourColumns(rounded + (usize(i * padded) << 1), rowScales + (usize(i * blocks) << 2), weights, padded, edge);
        const result = f32x4.add(f32x4.mul(v128.load(edge), scale), offsetVector);
        const to = y + (usize(first + i) * usize(columns) << 2) + offset;
        if (valid == 4) v128.store(to, result);
        else storePartial(to, result, valid);
      }
    }
    if (activation == NO_ACTIVATION) continue;
    for (let i = 0; i < count; i++) activateRow(y + (usize(first + i) * usize(columns) + usize(column) << 2), 0, columnEnd - column, activation);
  }
}

/** 1 to 4 elements; the other lanes are zero. */
// @ts-ignore: decorator
@inline
function loadUpToFour(address: usize, count: i32): v128 {
  return count >= 4 ? v128.load(address) : loadPartial(address, count);
}

/** The same for a count of 0 or less, too. */
// @ts-ignore: decorator
@inline
function loadAtMostFour(address: usize, count: i32): v128 {
  return count > 0 ? loadUpToFour(address, count) : f32x4.splat(0);
}

/**
 * to (padded, int16) = round(from (inner) / scale), scale = largest magnitude / 32767 for each block, 0 beyond `inner`. Where a
 * block holds NaN or an infinity its integers do not matter: its scale makes everything NaN.
 */
function roundRow(from: usize, inner: i32, padded: i32, to: usize, rowScales: usize): void {
  for (let block = 0; block < padded; block += BLOCK) {
    const end = min(block + BLOCK, padded);
    let maxima = f32x4.splat(0);
    for (let k = block; k < end; k += 4) maxima = f32x4.max(maxima, f32x4.abs(loadAtMostFour(from + (usize(k) << 2), inner - k)));
    const largest = f32x4.max(maxima, v128.shuffle<i32>(maxima, maxima, 2, 3, 0, 1));
    const maximum = max<f32>(f32x4.extract_lane(largest, 0), f32x4.extract_lane(largest, 1));
    store<f32>(rowScales, maximum / STEPS);
    rowScales += 4;
    const inverse = f32x4.splat(maximum > 0 ? STEPS / maximum : 0);
    for (let k = block; k < end; k += 8) {
      const low = f32x4.nearest(f32x4.mul(loadAtMostFour(from + (usize(k) << 2), inner - k), inverse));
      const high = f32x4.nearest(f32x4.mul(loadAtMostFour(from + (usize(k) << 2) + 16, inner - k - 4), inverse));
      v128.store(to, i16x8.narrow_i32x4_s(i32x4.trunc_sat_f32x4_s(low), i32x4.trunc_sat_f32x4_s(high)));
      to += 16;
    }
  }
}

/**
 * sums (4) = the products of a rounded row with a group of four columns, without the columns' scales: a cache line of weights,
 * 16 of each column, at a time.
 */
// @ts-ignore: decorator
@inline
function sumFourColumns(a: usize, rowScales: usize, weights: usize, padded: i32, sums: usize): void {
  let total0 = f32x4.splat(0);
  let total1 = total0;
  let total2 = total0;
  let total3 = total0;
  for (let block = 0; block < padded; block += BLOCK) {
    let sum0 = i32x4.splat(0);
    let sum1 = sum0;
    let sum2 = sum0;
    let sum3 = sum0;
    for (const end = a + (usize(min(BLOCK, padded - block)) << 1); a < end; a += 32) {
      const low = v128.load(a);
      const high = v128.load(a, 16);
      sum0 = i32x4.add(sum0, i32x4.dot_i16x8_s(low, v128.load_ext<i8>(weights)));
      sum0 = i32x4.add(sum0, i32x4.dot_i16x8_s(high, v128.load_ext<i8>(weights, 8)));
      sum1 = i32x4.add(sum1, i32x4.dot_i16x8_s(low, v128.load_ext<i8>(weights, 16)));
      sum1 = i32x4.add(sum1, i32x4.dot_i16x8_s(high, v128.load_ext<i8>(weights, 24)));
      sum2 = i32x4.add(sum2, i32x4.dot_i16x8_s(low, v128.load_ext<i8>(weights, 32)));
      sum2 = i32x4.add(sum2, i32x4.dot_i16x8_s(high, v128.load_ext<i8>(weights, 40)));
      sum3 = i32x4.add(sum3, i32x4.dot_i16x8_s(low, v128.load_ext<i8>(weights, 48)));
      sum3 = i32x4.add(sum3, i32x4.dot_i16x8_s(high, v128.load_ext<i8>(weights, 56)));
      weights += 64;
    }
    const scale = v128.load32_splat(rowScales);
    rowScales += 4;
    total0 = multiplyAdd(f32x4.convert_i32x4_s(sum0), scale, total0);
    total1 = multiplyAdd(f32x4.convert_i32x4_s(sum1), scale, total1);
    total2 = multiplyAdd(f32x4.convert_i32x4_s(sum2), scale, total2);
    total3 = multiplyAdd(f32x4.convert_i32x4_s(sum3), scale, total3);
  }
  store<f32>(sums, sumOfLanes(total0));
  store<f32>(sums, sumOfLanes(total1), 4);
  store<f32>(sums, sumOfLanes(total2), 8);
  store<f32>(sums, sumOfLanes(total3), 12);
}
