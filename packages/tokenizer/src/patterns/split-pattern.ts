// Reads a pattern of a tokenizer.json, `{"String": ...}` or `{"Regex": ...}`, and makes the JavaScript expression that finds its matches.

import type { JsonField } from '../core/json-field.js';
import { expressionFor } from './expression.js';

export interface Pattern {
  /** Finds all matches; flags g and u or v. */
  expression: RegExp;
  /** The pattern as in the file. */
  json: { String: string } | { Regex: string };
}

const signs = /[\\^$.*+?()[\]{}|/]/g;

/** A pattern that matches this text literally. */
export function stringPattern(text: string): Pattern {
  return { expression: new RegExp(text.replace(signs, '\\$&'), 'gu'), json: { String: text } };
}

/** @throws {RangeError} when the expression cannot be translated to JavaScript exactly */
export function regexPattern(source: string): Pattern {
  return { expression: expressionFor(source, 'oniguruma'), json: { Regex: source } };
}

export function readPattern(field: JsonField): Pattern {
  const text = field.get('String');
  const regex = field.get('Regex');
  if (text.value !== undefined && regex.value === undefined) return stringPattern(text.string());
  return regex.within(() => regexPattern(regex.string()));
}
