// Notes which parts of a text the caller gave, such as what a message says; what lies between them the chat template wrote. Parts travel
// with a text when it is joined, cut or changed letter by letter.

/** A part of a text that the caller gave, in UTF-16 units. */
export interface GivenPart {
  readonly start: number;
  /** Behind the last unit. */
  readonly end: number;
  /** Whether it names something, as a role does: with what the template writes around it, it may make a control token. */
  readonly isName: boolean;
}

export interface TextWithParts {
  readonly text: string;
  /** Rising, without overlaps. */
  readonly given: readonly GivenPart[];
}

/** The parts of a text that the caller gave as a whole. */
export const wholly = (text: string, isName = false): readonly GivenPart[] => (text === '' ? [] : [{ start: 0, end: text.length, isName }]);

export function joinTexts(texts: readonly TextWithParts[]): TextWithParts {
  const given: GivenPart[] = [];
  let length = 0;
  for (const one of texts) {
    for (const { start, end, isName } of one.given) {
      const last = given.at(-1);
      if (last && last.end === length + start && !last.isName && !isName) given[given.length - 1] = { ...last, end: length + end };
      else given.push({ start: length + start, end: length + end, isName });
    }
    length += one.text.length;
  }
  return { text: texts.map(({ text }) => text).join(''), given };
}

export function sliceText({ text, given }: TextWithParts, from: number, to: number): TextWithParts {
  const inside = given.filter(({ start, end }) => end > from && start < to);
  return { text: text.slice(from, to), given: inside.map(({ start, end, isName }) => ({ start: Math.max(start, from) - from, end: Math.min(end, to) - from, isName })) };
}

/** Applies a change to each part by itself, and to what lies between them. */
export function changeText(whole: TextWithParts, change: (text: string) => string): TextWithParts {
  const borders = [0, ...whole.given.flatMap(({ start, end }) => [start, end]), whole.text.length];
  return joinTexts(
    borders.slice(1).map((to, i) => {
      const { text, given } = sliceText(whole, borders[i], to);
      const changed = change(text);
      return { text: changed, given: given.length === 0 ? [] : wholly(changed, given[0].isName) };
    }),
  );
}
