// Tells all training kernels where the tables are. Addresses are in bytes.

/** Numbers per row. */
export let stride: i32 = 0;
/** Float32 (rows, stride): the vectors of words, then of n-grams. */
export let input: usize = 0;
/** Float32 (outputs, stride): the vectors of predicted words, or of the inner nodes of the Huffman tree. */
export let output: usize = 0;
/** Uint32 (words + 1) and Uint32: word w is the mean of the input rows `rows[rowStarts[w]]` to `rows[rowStarts[w + 1] - 1]`. */
export let rowStarts: usize = 0;
export let rows: usize = 0;
/** Uint32 (words): a word is kept when 32 random bits are below this; 2^32 - 1 keeps it always and draws none. */
export let keep: usize = 0;
/** Float32: the table of src/training/sigmoid-table.ts. */
export let sigmoid: usize = 0;
/** Room for two rows, the words of a sentence and the targets of an example. */
export let hidden: usize = 0;
export let gradient: usize = 0;
export let sentence: usize = 0;
export let targets: usize = 0;

export function configure(
  strideOfRows: i32, inputTable: usize, outputTable: usize, startsOfRows: usize, rowList: usize, keepThresholds: usize,
  sigmoidTable: usize, hiddenRow: usize, gradientRow: usize, sentenceRoom: usize, targetRoom: usize,
): void {
  stride = strideOfRows;
  input = inputTable;
  output = outputTable;
  rowStarts = startsOfRows;
  rows = rowList;
  keep = keepThresholds;
  sigmoid = sigmoidTable;
  hidden = hiddenRow;
  gradient = gradientRow;
  sentence = sentenceRoom;
  targets = targetRoom;
}

/** Drawn words per example; 0 with a hierarchy. */
export let negatives: i32 = 0;
/** Uint32 (words) each: an alias table (Vose 1991). Column i is the word i when 32 random bits are below `thresholds[i]`, else `aliases[i]`. */
export let words: u32 = 0;
export let thresholds: usize = 0;
export let aliases: usize = 0;

export function useNegatives(count: i32, wordCount: u32, thresholdTable: usize, aliasTable: usize): void {
  negatives = count;
  words = wordCount;
  thresholds = thresholdTable;
  aliases = aliasTable;
}

/** Uint32 (words + 1) and Uint32: the path of word w is `pathStarts[w]` to `pathStarts[w + 1] - 1`; each step is 2 * node + bit. */
export let pathStarts: usize = 0;
export let path: usize = 0;

export function useHierarchy(startsOfPaths: usize, steps: usize): void {
  negatives = 0;
  pathStarts = startsOfPaths;
  path = steps;
}
