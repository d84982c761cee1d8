// @kk/corpora/arithmetic: sums and halves with their right answers, in digits and in words, German and English, from a seed. Runs in browsers,
// workers and Node.

export { arithmetic, arithmeticForms, writeArithmetic, type ArithmeticForm, type ArithmeticStreamOptions, type Exercise, type WriteArithmeticOptions } from './write.js';
export { greatestNumber, numberWords } from './number-words.js';
