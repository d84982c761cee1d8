// Small texts for small models.

const words = 'the little fox ran over the green hill and saw a red bird that sang to the old tree near the blue lake'.split(' ');

/** A text of about so many characters, without any chance. */
export function babble(characters: number): string {
  let text = '';
  for (let at = 0; text.length < characters; at++) {
    text += words[(at * at + 3 * at) % words.length] + (at % 7 === 6 ? '.\n' : ' ');
  }
  return text.slice(0, characters);
}
