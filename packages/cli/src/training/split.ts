// A text cut in two: the first part to train on, the rest to check on what the model has never seen.

export interface Split {
  training: string;
  validation: string;
}

/**
 * Cuts by characters (code points), as nanoGPT does: the first floor(n * (1 - share)) train.
 * @param share  of the characters for validation, from 0 to below 1
 */
export function splitText(text: string, share: number): Split {
  let characters = 0;
  for (let at = 0; at < text.length; at += unitsAt(text, at)) characters++;
  let left = Math.floor(characters * (1 - share));
  let cut = 0;
  for (; left > 0; left--) cut += unitsAt(text, cut);
  return { training: text.slice(0, cut), validation: text.slice(cut) };
}

const unitsAt = (text: string, at: number): number => ((text.codePointAt(at) as number) > 0xffff ? 2 : 1);
