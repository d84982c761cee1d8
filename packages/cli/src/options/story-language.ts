// The option `--lang` of the verbs that write stories, or learn from them.
import { languages } from '@kk/corpora';
import { Option } from 'commander';

export const storyLanguageOption = (description = 'language of the stories'): Option => new Option('--lang <lang>', `${description} (default: de where the system's language is German, else en)`).choices(languages);
