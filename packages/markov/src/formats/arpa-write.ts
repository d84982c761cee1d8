// Writes the ARPA format, the text format of all n-gram toolkits: log10 probabilities, n-grams, log10 backoff weights.
import type { BackoffModel } from '../backoff-model.js';
import { levelStarts, ROOT } from '../counts/trie.js';

/** The value for "impossible", since the format has no -Infinity. */
export const IMPOSSIBLE = -99;
/**
 * Spaces, tabs and line ends would split a token, so they are written as Unicode's control pictures: a space (U+0020) as U+2420, a line feed as
 * U+240A. Other white space is written as it is: it separates nothing, as in KenLM (lm/read_arpa.cc).
 */
export const PICTURES = 0x2400;

// The decimal digits of a float32, which toolkits read.
const DIGITS = 9;

/**
 * The lines of an ARPA file, each with its line break.
 *
 * @param tokens the token of each id, shape (vocabSize,): distinct and not empty. Spaces, tabs and line ends in them are written as pictures
 * (see PICTURES); the sentence tokens are <s> and </s>, the unknown one <unk>, as usual
 * @throws TypeError if the model has no backoff form (additive smoothing), or two tokens would be written the same way
 * @throws RangeError if there is not one token per id
 */
export function* arpaLines(model: BackoffModel, tokens: readonly string[]): Generator<string, void, undefined> {
  const { table } = model;
  if (table.lower === 'uniform' && model.order > 0) throw new TypeError('additive smoothing does not back off to shorter contexts, which is all that ARPA files can say; choose another smoothing');
  if (tokens.length !== model.vocabSize) throw new RangeError(`there are ${tokens.length} tokens, expected one per id of the vocabulary of ${model.vocabSize}`);
  const words = tokens.map(writtenToken);
  if (new Set(words).size < words.length) throw new TypeError('two tokens would be written alike, such as a space and the sign U+2420; ARPA files cannot tell them apart');
  const { probabilities, backoffs, firstChild, tokens: ids, startToken } = table;
  const starts = levelStarts(table);
  const contexts = firstChild.length - 1;
  yield '\n\\data\\\n';
  yield `ngram 1=${model.vocabSize}\n`;
  for (let length = 2; length < starts.length - 1; length++) yield `ngram ${length}=${starts[length + 1] - starts[length]}\n`;

  yield '\n\\1-grams:\n';
  const places = new Int32Array(model.vocabSize).fill(-1);
  for (let node = 1; node < starts[2]; node++) places[ids[node]] = node;
  for (let id = 0; id < model.vocabSize; id++) {
    const node = places[id];
    const p = id === startToken ? 0 : Math.exp(model.logProbability([], id));
    yield `${log10(p)}\t${words[id]}${weightOf(node < contexts && node >= 0 && firstChild[node] < firstChild[node + 1] ? backoffs[node] : undefined)}\n`;
  }
  const parents = new Int32Array(contexts);
  for (let context = 1; context < contexts; context++) for (let child = firstChild[context]; child < Math.min(contexts, firstChild[context + 1]); child++) parents[child] = context;
  for (let length = 2; length < starts.length - 1; length++) {
    yield `\n\\${length}-grams:\n`;
    for (let context = starts[length - 1]; context < Math.min(contexts, starts[length]); context++) {
      if (firstChild[context] === firstChild[context + 1]) continue;
      let prefix = '';
      for (let node = context; node !== ROOT; node = parents[node]) prefix = `${words[ids[node]]} ${prefix}`;
      let lines = '';
      for (let child = firstChild[context]; child < firstChild[context + 1]; child++) {
        lines += `${log10(probabilities[child])}\t${prefix}${words[ids[child]]}${weightOf(child < contexts && firstChild[child] < firstChild[child + 1] ? backoffs[child] : undefined)}\n`;
      }
      yield lines;
    }
  }
  yield '\n\\end\\\n';
}

const log10 = (p: number): string => (p > 0 ? String(Number(Math.min(0, Math.log10(p)).toPrecision(DIGITS))) : String(IMPOSSIBLE));

/** The last column; empty if nothing followed. */
function weightOf(backoff?: number): string {
  if (backoff === undefined) return '';
  return `\t${backoff > 0 ? String(Number(Math.log10(backoff).toPrecision(DIGITS))) : String(IMPOSSIBLE)}`;
}

function writtenToken(token: string, id: number): string {
  if (token === '') throw new TypeError(`the token of id ${id} is empty, which ARPA files cannot hold`);
  return token.replace(/[\t\n\r ]/g, (space) => String.fromCharCode(PICTURES + space.charCodeAt(0)));
}

/** The original form of a written token. */
export const readToken = (written: string): string => written.replace(/[\u2409\u240a\u240d\u2420]/g, (picture) => String.fromCharCode(picture.charCodeAt(0) - PICTURES));
