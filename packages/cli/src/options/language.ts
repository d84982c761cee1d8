// The default language of the output.
import type { Language } from '@kk/corpora';
import type { IO } from '../io.js';

/** German if the system's language is German, otherwise English. As in POSIX, LC_ALL has priority over LC_MESSAGES, and that over LANG. */
export function systemLanguage(env: IO['env']): Language {
  const locale = env.LC_ALL || env.LC_MESSAGES || env.LANG || '';
  return /^de(?![a-z])/i.test(locale) ? 'de' : 'en';
}
