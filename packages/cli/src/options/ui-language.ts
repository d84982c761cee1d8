// The option `--ui-lang` of the verbs that speak German, too. All others speak English.
import { languages } from '@kk/corpora';
import { Option } from 'commander';

export const uiLanguageOption = (fallback = "the system's language"): Option => new Option('--ui-lang <lang>', `language of the words around the text (default: ${fallback})`).choices(languages);
