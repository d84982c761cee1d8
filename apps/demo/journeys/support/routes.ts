// The pages that journeys visit. A new chapter or page is among them by itself.
import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chapterNames, type ChapterName } from '../../src/chapters/names.js';
import { languages, type Language } from '../../src/languages/names.js';
import { notFoundName, pageNames } from '../../src/shell/paths.js';

export { languages, type Language };

const folder = fileURLToPath(new URL('../../src/chapters/', import.meta.url));
const finished = readdirSync(folder).filter((name) => existsSync(`${folder}${name}/de.md`));

/** The chapters that have a text. */
export const chapters: readonly ChapterName[] = chapterNames.filter((name) => finished.some((chapter) => chapter.slice(3) === name));

/** All pages of a language, by the last part of their path: the way itself, finished and unfinished chapters, glossary, models, and the one for what does not exist. */
export const pages: readonly string[] = ['', ...chapterNames, ...pageNames, notFoundName];

/** The path of a page below the site's root. */
export const pathOf = (language: Language, page: string): string => (page === '' ? `${language}/` : `${language}/${page}/`);
