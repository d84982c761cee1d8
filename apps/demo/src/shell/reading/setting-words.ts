// The settings of an exercise in words, for paper, where no link sets them: `order=2&hide=seed` is "Eingestellt: Gedächtnis 2. Ausgeblendet: Startwert."
import type { interfaceWords } from '../../languages/index.js';

/** Settings whose values are said in a way of their own: heads as `4.2_1.3`, places of tokens as `3_12`, and what somebody has written. */
const ways: Record<string, 'heads' | 'places' | 'text'> = { 'off': 'heads', 'pick': 'heads', 'cut': 'places', 'at': 'places', 'number.to': 'places', 'place': 'places', 'find.word': 'places', 'sentence': 'text', 'digits': 'text' };

/**
 * @param set  as in the page's address
 * @param number  writes a number in the page's language
 * @throws RangeError for a name or a value without a word
 */
export function saySettings(words: typeof interfaceWords.de.settings, set: string, figure: string, number: (value: number) => string): string {
  const wordOf = (list: Record<string, string>, ...keys: string[]): string => {
    const key = keys.find((one) => one in list);
    if (key === undefined) throw new RangeError(`The words of the settings have none for ${keys.at(-1)}`);
    return list[key]!;
  };
  const nameOf = (name: string): string => wordOf(words.names, `${figure}.${name}`, name);
  const settings = new URLSearchParams(set);
  const hidden = settings.get('hide')?.split(',') ?? [];
  settings.delete('hide');
  const valueOf = (name: string, value: string): string => {
    const way = ways[`${figure}.${name}`] ?? ways[name];
    if (way === 'text') return words.written(value);
    if (way === 'places') return words.places(value.split('_').map((place) => number(Number(place))));
    if (way === 'heads') return words.heads(value.split('_').map((head) => head.split('.') as [string, string]));
    return /^\d+(\.\d+)?$/.test(value) ? number(Number(value)) : wordOf(words.values, value);
  };
  const said = [...settings].map(([name, value]) => words.whole[`${name}=${value}`] ?? `${nameOf(name)} ${valueOf(name, value)}`);
  const line = (title: string, list: string[]): string => (list.length > 0 ? `${title}: ${list.join(', ')}.` : '');
  return [line(words.set, said), line(words.hidden, hidden.map(nameOf))].filter(Boolean).join(' ');
}
