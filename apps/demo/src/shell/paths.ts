// All paths of the course, for the router and for the build, which writes one page for each.
import { chapterNames } from '../chapters/names.js';
import { languages } from '../languages/names.js';

/** The pages that are no chapters. */
export const pageNames = ['glossary', 'models', 'looking-back'] as const;

/** The page that stands for all that do not exist. */
export const notFoundName = 'not-found';

/** Every path, relative to the site's root: the choice of a language, and in each language the way, the chapters and the other pages. */
export function paths(): string[] {
  return ['/', ...languages.flatMap((language) => ['', ...chapterNames, ...pageNames, notFoundName].map((page) => `/${language}/${page ? `${page}/` : ''}`))];
}
