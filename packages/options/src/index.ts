// @kk/options: the one check that every options object goes through. See the README.
export { checkOptions, type NoOptions, type OptionNames } from './check-options.js';
export { describe } from './describe.js';
