// The settings of an exercise in words, for paper, where no link sets them: `order=2&hide=seed` is "Eingestellt: Gedächtnis 2. Ausgeblendet: Startwert."
import type { interfaceWords } from '../../languages/index.js';

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
  const said = [...settings].map(([name, value]) => words.whole[`${name}=${value}`] ?? `${nameOf(name)} ${/^\d+(\.\d+)?$/.test(value) ? number(Number(value)) : wordOf(words.values, value)}`);
  const line = (title: string, list: string[]): string => (list.length > 0 ? `${title}: ${list.join(', ')}.` : '');
  return [line(words.set, said), line(words.hidden, hidden.map(nameOf))].filter(Boolean).join(' ');
}
