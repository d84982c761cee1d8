// @kk/options: the one check that every options object goes through, and checks of the kinds of arguments. See the README.
export { checkOptions, type NoOptions, type OptionNames } from './check-options.js';
export { describe } from './describe.js';
export { hasMethod, requireFunction, requireIterable, requireList, requireMethod, requireText, wrongKind } from './kinds.js';
