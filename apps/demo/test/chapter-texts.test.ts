// The texts of a chapter in all languages have the same headings, figures, questions, exercises and terms in the same order, and what
// every chapter has.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { languages } from '../src/languages/names.js';

const folder = fileURLToPath(new URL('../src/chapters/', import.meta.url));
/** Those that are finished: a folder without texts is one in the making. */
const chapters = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory() && readdirSync(`${folder}${entry.name}`).some((file) => file.endsWith('.md'))).map(({ name }) => name);

/** The Markdown without its script. */
const textOf = (chapter: string, language: string): string => readFileSync(`${folder}${chapter}/${language}.md`, 'utf8').replace(/<script[\s\S]*?<\/script>/, '');

/** What stands in a text, in order, without its words: `## ` for a heading, a tag for a component with what has to be the same in all languages. */
function outline(markdown: string): string[] {
  return [...markdown.matchAll(/^(#{1,6}) |<([A-Z]\w*)([^>]*)>/gm)].map(([, heading, tag, attributes = '']) => {
    if (heading) return heading;
    const settings = [...attributes.matchAll(/(\S+)="([^"]*)"/g)].filter(([, name]) => name !== 'ask' && name !== 'text');
    return `<${tag}${settings.map(([, name, value]) => ` ${name}="${value}"`).join('')}>`;
  });
}

it.each(chapters)('%s has a text and words in every language', (chapter) => {
  const files = readdirSync(`${folder}${chapter}`);
  for (const language of languages) expect(files).toEqual(expect.arrayContaining([`${language}.md`, `${language}.ts`]));
});

it.each(chapters)('%s has no paragraph that begins with a term: Markdown would take it for a block as wide as the page', (chapter) => {
  for (const language of languages) expect(textOf(chapter, language).match(/^<Term.*/gm)).toBeNull();
});

describe.each(chapters)('%s', (chapter) => {
  const [first, ...others] = languages;
  it.each(others)(`has the same outline in ${first} and %s`, (language) => {
    const own = outline(textOf(chapter, language));
    const reference = outline(textOf(chapter, first));
    // Terms come where the sentence wants them.
    const isTerm = (part: string): boolean => part.startsWith('<Term');
    expect(own.filter((part) => !isTerm(part))).toEqual(reference.filter((part) => !isTerm(part)));
    expect(own.filter(isTerm).sort()).toEqual(reference.filter(isTerm).sort());
  });
});
