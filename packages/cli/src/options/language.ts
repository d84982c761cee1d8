// Which language to speak when nobody says.
import { type Language } from '@kk/corpora';
import { type IO } from '../io.js';

/** German where the system's language is German, English everywhere else. POSIX: LC_ALL goes before LC_MESSAGES before LANG. */
export function systemLanguage(env: IO['env']): Language {
  const locale = env.LC_ALL || env.LC_MESSAGES || env.LANG || '';
  return /^de(?![a-z])/i.test(locale) ? 'de' : 'en';
}
