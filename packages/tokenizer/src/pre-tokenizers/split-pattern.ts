// A pattern of a tokenizer.json, `{"String": ...}` or `{"Regex": ...}`, and the JavaScript expression that finds its matches. It first
// rewrites some Oniguruma syntax; pattern-dialect.ts then translates the rest.

import { type JsonField } from '../formats/json-field.js';
import { toJavaScriptPattern } from './pattern-dialect.js';

export interface Pattern {
  /** Finds all matches; flags g and u. */
  expression: RegExp;
  /** The pattern as in the file. */
  json: { String: string } | { Regex: string };
}

const signs = /[\\^$.*+?()[\]{}|/]/g;

/** A pattern that matches this text literally. */
export function stringPattern(text: string): Pattern {
  return { expression: new RegExp(text.replace(signs, '\\$&'), 'gu'), json: { String: text } };
}

/** @throws {RangeError} when the expression cannot be translated to JavaScript exactly, or can take exponential time */
export function regexPattern(source: string): Pattern {
  const translated = toJavaScriptPattern(plainSyntax(source));
  try {
    return { expression: new RegExp(translated, 'gu'), json: { Regex: source } };
  } catch (error) {
    throw new RangeError(`The pattern ${JSON.stringify(source)} is no regular expression that JavaScript knows: ${error instanceof Error ? error.message : String(error)}.`, { cause: error });
  }
}

export function readPattern(field: JsonField): Pattern {
  const text = field.get('String');
  const regex = field.get('Regex');
  if (text.value !== undefined && regex.value === undefined) return stringPattern(text.string());
  return regex.within(() => regexPattern(regex.string()));
}

/** Rewrites anchors, which match at every line, and nested brackets, which become one class. */
function plainSyntax(source: string): string {
  let plain = '';
  let depth = 0;
  for (let i = 0; i < source.length; i++) {
    const character = source[i];
    if (character === '\\') plain += source.slice(i, ++i + 1);
    else if (character === '[' && depth > 0 && source[i + 1] !== '^' && source[i + 1] !== ':') depth++;
    else if (character === ']' && depth > 1) depth--;
    else if (character === '$' && depth === 0) plain += '(?=\\n|(?!.|\\n))';
    else if (character === '^' && depth === 0) plain += '(?<!.)';
    else {
      if (character === '[' && depth === 0) depth = 1;
      else if (character === ']' && depth === 1) depth = 0;
      if (character === '[' && source[i + 1] === '^') plain += source[i++];
      plain += source[i];
    }
  }
  return plain;
}
