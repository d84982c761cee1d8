// Whole sentences, no longer and no more copied than wanted.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { markovFromArpa, markovToArpa, readArpa, TextMarkov, type TextMarkovOptions } from '../src/index.js';

const tale = 'Der Hund bellt laut. Die Katze schläft heute lange! Der alte Wolf sieht die Katze. Schläft der Hund heute? »Die Katze bellt nicht.« Die alte Frau sieht den Hund. Der Wolf bellt heute nicht. Sieht die Frau den Wolf?';
const codec = { vocabSize: 0x180, encode: (text: string) => Array.from(text, (letter) => (letter.charCodeAt(0) < 0x180 ? letter.charCodeAt(0) : 63)), decode: (ids: number[]) => String.fromCharCode(...ids) };

describe('a sentence', () => {
  it.each<[string, TextMarkovOptions]>([
    ['letters', { unit: 'character', order: 4 }],
    ['graphemes', { unit: 'grapheme', order: 4 }],
    ['words', { unit: 'word', order: 1 }],
    ['words with sentences', { unit: 'word', order: 1, sentences: true }],
    ['words between spaces', { unit: 'whitespace', order: 1 }],
    ['smoothed words', { unit: 'word', order: 2, smoothing: 'witten-bell', sentences: true }],
    ['tokens', { unit: codec, order: 4 }],
  ])('of %s is one, whole and within the limits', (name, options) => {
    const model = TextMarkov.train(tale, options);
    const written = new Set<string>();
    for (let seed = 0; seed < 40; seed++) {
      const sentence = model.sentence({ seed, maxCharacters: 40, tries: 1000 });
      expect(sentence).toBe(model.sentence({ seed, maxCharacters: 40, tries: 1000 }));
      // Nothing of a second sentence, and no white space around it. With `sentences` the marks are those that the units take for an end.
      // With smoothing anything is written at times.
      if (options.smoothing) expect(sentence).not.toContain('\n');
      else if (options.sentences) expect([...model.encode(sentence)].filter((id) => id === model.parts.coder.startToken)).toHaveLength(1);
      else expect(sentence).toMatch(/^[^.!?]*[.!?]+[«»“”"]?$/);
      expect(sentence.trim()).toBe(sentence);
      expect(Array.from(sentence).length).toBeLessThanOrEqual(40);
      if (name !== 'smoothed words') expect(sentence).toMatch(/^[»«]?\p{Lu}/u);
      written.add(sentence);
    }
    expect(written.size).toBeGreaterThan(5);
  });

  it('has at most the wanted share from one place of a text, by plain search', () => {
    const model = TextMarkov.train(tale, { unit: 'word', order: 1 });
    const source = [...model.encode(tale)].join(' ');
    for (const maxCopied of [0.5, 0.7, 0.9]) {
      for (let seed = 0; seed < 20; seed++) {
        const ids = [...model.encode(model.sentence({ seed, maxCopied, tries: 1000 }))];
        let longest = 0;
        for (let from = 0; from < ids.length; from++) for (let to = from + 1; to <= ids.length; to++) if (` ${source} `.includes(` ${ids.slice(from, to).join(' ')} `)) longest = Math.max(longest, to - from);
        expect(longest / ids.length).toBeLessThanOrEqual(maxCopied);
      }
    }
    // Without a limit, whole sentences of the text come, too.
    const free = Array.from({ length: 60 }, (_, seed) => model.sentence({ seed }));
    expect(free.some((sentence) => tale.includes(sentence))).toBe(true);
  });

  it('ends where a text or a line ends', () => {
    for (const unit of ['character', 'word', 'whitespace'] as const) {
      for (let seed = 0; seed < 10; seed++) expect(TextMarkov.train(['Rosen sind rot', 'Veilchen sind blau'], { unit, order: 12 }).sentence({ seed })).toMatch(/^(Rosen sind rot|Veilchen sind blau)$/);
    }
    for (const unit of ['character', 'word'] as const) {
      for (let seed = 0; seed < 10; seed++) expect(TextMarkov.train('Rosen sind rot\r\nVeilchen sind blau\n\nund weiß', { unit, order: 12 }).sentence({ seed })).toMatch(/^(Rosen sind rot|Veilchen sind blau|und weiß)$/);
    }
    // A mark inside a word or number ends nothing.
    expect(TextMarkov.train('Es kostet 3.50 Euro in example.org heute. Gut.', { unit: 'character', order: 12 }).sentence({ seed: 1, maxCharacters: 100 })).toMatch(/^(Es kostet 3\.50 Euro in example\.org heute\.|Gut\.)$/);
  });

  it('comes from an ARPA file, too, as long as nothing is asked about copies', () => {
    const model = markovFromArpa(readArpa(markovToArpa(TextMarkov.train(tale, { unit: 'word', order: 2, sentences: true }))), { unit: 'word' });
    expect(model.sentence({ seed: 1 })).toMatch(/[.!?]«?$/);
    expect(() => model.sentence({ seed: 1, maxCopied: 0.5 })).toThrow('this model has probabilities but no counts');
  });

  it('is not looked for without end', () => {
    const model = TextMarkov.train(tale, { unit: 'word', order: 12 });
    expect(() => model.sentence({ seed: 1, maxCharacters: 5, tries: 7 })).toThrow('no sentence was found in 7 tries: 7 did not end within 5 characters; raise maxCharacters, maxCopied or tries, or take a lower order');
    expect(() => model.sentence({ seed: 1, maxCopied: 0.9, tries: 9 })).toThrow('no sentence was found in 9 tries: 9 had more than 0.9 of their units word for word from one place of a text');
    // A text that never ends, and chains that come into white space without end.
    for (let seed = 0; seed < 10; seed++) expect(TextMarkov.train('a\n   ', { unit: 'character', order: 1 }).sentence({ seed })).toBe('a');
    expect(() => TextMarkov.train('lalala', { unit: 'character', order: 1 }).sentence({ seed: 1, tries: 2 })).toThrow('2 did not end within 300 characters');
    expect(TextMarkov.train(' a', { unit: 'character', order: 1 }).sentence({ seed: 1 })).toBe('a');
  });

  it('is within the limits or none, whatever the text', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'C', ' ', '. ', '! ', '\n', '😀', '“'), minLength: 1, maxLength: 40 }).filter((string) => string.trim() !== '');
    fc.assert(
      fc.property(text, fc.constantFrom('character', 'grapheme', 'word', 'whitespace'), fc.boolean(), fc.integer({ min: 0, max: 3 }), fc.integer({ min: 1, max: 20 }), fc.nat(1000), (string, unit, sentences, order, maxCharacters, seed) => {
        const model = TextMarkov.train(string, { unit, order, sentences });
        try {
          const sentence = model.sentence({ seed, maxCharacters, tries: 5 });
          expect(sentence.trim()).not.toBe('');
          expect(Array.from(sentence).length).toBeLessThanOrEqual(maxCharacters);
        } catch (error) {
          expect(String(error)).toMatch(/no sentence was found in 5 tries/);
        }
      }),
    );
  });

  it.each([[{ maxCharacters: 0 }, 'maxCharacters must be an integer from 1, got 0'], [{ maxCopied: 1.5 }, 'maxCopied must be a share from 0 to 1, got 1.5'], [{ tries: 0.5 }, 'tries must be an integer from 1, got 0.5'], [{ seed: -1 }, 'seed is']])('refuses %o', (options, message) => {
    expect(() => TextMarkov.train(tale, { unit: 'word', order: 1 }).sentence(options)).toThrow(RangeError);
    expect(() => TextMarkov.train(tale, { unit: 'word', order: 1 }).sentence(options)).toThrow(message);
  });
});
