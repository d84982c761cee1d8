// The built pages of all languages have the same figures, headings, questions and exercises in the same order.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { chapters, languages, pages, pathOf, type Language } from './support/routes.js';
import { dist } from './support/serve.js';

const body = (language: Language, page: string): string => readFileSync(join(dist, pathOf(language, page), 'index.html'), 'utf8').replace(/^[\s\S]*?<body>/, '');

/** Headings by their level, figures by their id, questions, exercises with what they set, tables, buttons. */
function outline(language: Language, page: string): string[] {
  const html = body(language, page);
  return [...html.matchAll(/<(h[1-6]|figure|li|button|input|select|textarea)(?=[\s>])([^>]*)>/g)].map(([, tag, attributes = '']) => {
    const kept = ['id', 'class', 'type', 'name'].flatMap((name) => new RegExp(`\\s${name}="([^"]*)"`).exec(attributes)?.slice(1, 2) ?? []);
    return `${tag} ${kept.filter((value) => !/^v-\d/.test(value)).join(' ')}`.trim();
  });
}

const [first, ...others] = languages;

// The glossary is in the order of each language's alphabet.
describe.each(pages.filter((page) => page !== 'glossary'))('/%s', (page) => {
  it.each(others)(`is the same in ${first} and %s`, (language) => {
    expect(outline(language, page)).toEqual(outline(first, page));
  });
});

it.each(chapters)('/%s begins with its question and has figures, a comparison with large models, questions and exercises', (chapter) => {
  for (const language of languages) {
    const html = body(language, chapter);
    const count = (part: RegExp): number => [...html.matchAll(part)].length;
    expect({
      question: count(/<h1[\s>]/g),
      figures: count(/<figure[\s>]/g) >= 3,
      largeModels: count(/class="large-models"/g),
      questions: count(/<li class="question"/g),
      exercises: count(/<li class="exercise"/g) >= 2,
    }).toEqual({ question: 1, figures: true, largeModels: 1, questions: 5, exercises: true });
  }
});
