// Entropy of derivations is entropy of texts only if no text has two derivations. The parser counts them.

import { describe, expect, it } from 'vitest';
import { inspectStory, parseStory } from '@kk/corpora';
import type { Node } from '../src/grammar/nodes.js';
import { parse } from '../src/grammar/parse.js';
import { replay } from '../src/grammar/decide.js';
import { writeTraced } from '../src/grammar/write.js';
import { grammarOf } from '../src/languages.js';
import { eachLanguage, sample } from './support.js';

/** Every option of every choice of a grammar, as `choice: option`. */
function optionsOf(root: Node): Set<string> {
  const found = new Set<string>();
  const seen = new Set<Node>();
  const visit = (node: Node): void => {
    if (seen.has(node)) return;
    seen.add(node);
    if (node.kind === 'choice') for (const option of node.options) { found.add(`${node.name}: ${option.label}`); visit(option.node); }
    else if (node.kind === 'sequence') node.children.forEach(visit);
    else if (node.kind === 'agree') node.cases.forEach(visit);
    else if (node.kind === 'pick') { node.variable.category.words.forEach((word) => found.add(`${node.variable.name}: ${word.id}`)); visit(node.body); }
  };
  visit(root);
  return found;
}

describe.each(eachLanguage)('$language stories', ({ language }) => {
  it('have one derivation each, whatever is chosen in them', () => {
    const grammar = grammarOf(language);
    const unseen = optionsOf(grammar);
    const all = unseen.size;
    for (const text of sample(language, 17, 1500)) {
      const derivations = parse(grammar, text);
      if (derivations.length !== 1) expect.fail(`${derivations.length} derivations of: ${text}`);
      const traced = writeTraced(grammar, replay(derivations[0]));
      if (traced.text !== text) expect.fail(`the derivation of another text: ${text}`);
      for (const { name, chosen } of traced.choices) unseen.delete(`${name}: ${chosen}`);
    }
    // Nearly every option of every choice took part, so a clash between two options would have come up.
    expect(unseen.size / all).toBeLessThan(0.01);
  });

  it('are read back with the probability they were written with', () => {
    for (let seed = 0; seed < 50; seed++) {
      const written = inspectStory(language, seed);
      expect(parseStory(language, written.text)).toEqual(written);
    }
  });

  it('are told from other texts', () => {
    const { text } = inspectStory(language, 5);
    for (const other of ['', text + '\n\n', text.slice(0, -1), text.toLowerCase(), text.replace(/ \S+\.$/, ' xyz.'), text.split('').reverse().join('')]) expect(parseStory(language, other)).toBeUndefined();
    expect(() => parseStory(language, undefined as unknown as string)).toThrow(new TypeError('parseStory got undefined: expected the text of a story'));
  });
});
