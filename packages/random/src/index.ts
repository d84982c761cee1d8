// @kk/random: the one seeded generator of all packages. See the README.
export { philox4x32 } from './philox.js';
export { freshSeed, Random, type RandomState } from './random.js';
