// The words of this chapter's figures in every language.
import de from './de.js';
import en from './en.js';

export default { de, en };
