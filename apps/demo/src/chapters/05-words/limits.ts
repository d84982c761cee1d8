// How much a visitor may write in this chapter.

/** So much of an own text is read, in characters: a training of some seconds. */
export const LONGEST_OWN = 1_000_000;
/** What the visitor may write into the address: so many own sentences of so many characters, and changes of the course's sentences. */
export const MOST_SENTENCES = 8;
export const LONGEST_SENTENCE = 160;
export const LONGEST_MINE = MOST_SENTENCES * (LONGEST_SENTENCE + 1);
export const LONGEST_EDITS = 1500;
