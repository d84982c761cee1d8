// @kk/corpora/node: texts from files. Strict: what is not valid UTF-8 or JSON is an error that says where.

export { readJSONLines, type JSONLine } from './files/json-lines.js';
export { readTexts } from './files/texts.js';
