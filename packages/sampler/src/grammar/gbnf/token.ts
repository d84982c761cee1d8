// Tokens in GBNF: <[id]> by number, <name> by name or text, with ! before them every other one.
import { type CodePointRange, characters, type Expression, joinRanges } from '../expression.js';
import type { PatternScanner } from '../pattern-scanner.js';
import { TOKENS } from '../token-characters.js';
import type { TokenVocabulary } from '../token-vocabulary.js';

/**
 * Reads a token at the cursor.
 *
 * @throws SyntaxError if it is incomplete, is none of the vocabulary, or ends the text
 */
export function readToken(scanner: PatternScanner, vocabulary: TokenVocabulary): Expression {
  const at = scanner.at;
  const negated = scanner.skip('!');
  const written = scanner.match(/<\[\d+\]>|<[^[>\r\n][^>\r\n]*>/y);
  if (written === undefined) throw scanner.error(`expected a token ${negated ? 'behind "!"' : 'here'}: <[id]> with its number, or <name>`, at);
  const id = written.startsWith('<[') ? Number(written.slice(2, -2)) : vocabulary.idOf(written);
  if (id === undefined) throw scanner.error(`no token of the vocabulary is named "${written}"; give the vocabulary its specialTokens, or write the number as <[id]>`, at);
  if (id >= vocabulary.size) throw scanner.error(`the vocabulary has no token ${id}; its ids run from 0 to ${vocabulary.size - 1}`, at);
  if (vocabulary.isEnd(id)) throw scanner.error(`token ${id} ends the text, which it may do wherever the text is complete; leave it out`, at);
  const ids = negated ? vocabulary.namedIds().filter((other) => other !== id) : [id];
  return characters(...joinRanges(ids.map((each): CodePointRange => [TOKENS + each, TOKENS + each])));
}
