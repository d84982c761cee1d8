// All paths of the course, for the router and for the build, which writes one page for each.
import { chapterNames } from '../chapters/names.js';
import { languages } from '../languages/names.js';

/** The pages that are no chapters. */
export const pageNames = ['glossary', 'models'] as const;

/** Every path, relative to the site's root: the choice of a language, and in each language the way, the chapters and the other pages. */
export function paths(): string[] {
  return ['/', ...languages.flatMap((language) => ['', ...chapterNames, ...pageNames].map((page) => `/${language}/${page ? `${page}/` : ''}`))];
}
