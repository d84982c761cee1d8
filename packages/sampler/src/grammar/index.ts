// Constraints over the bytes of a tokenizer: `import { constrain, regexConstraint, ... } from '@kk/sampler/grammar'`. It is a separate
// entry, so that code that only draws tokens does not load it.
export { constrain } from './constrain.js';
export { type Constraint } from './constraint.js';
export { gbnfConstraint, type GbnfOptions } from './gbnf/gbnf-constraint.js';
export { jsonSchemaConstraint, type JsonSchemaOptions } from './json-schema/json-schema-constraint.js';
export { type UnsupportedKeyword } from './json-schema/keywords.js';
export { type JsonWhitespace } from './json-schema/read.js';
export { prefixConstraint } from './prefix-constraint.js';
export { regexConstraint } from './regex/regex-constraint.js';
export { TokenMask } from './token-mask.js';
export { TokenVocabulary, type TokenVocabularyOptions } from './token-vocabulary.js';
