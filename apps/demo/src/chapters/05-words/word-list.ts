// Words that a visitor types in a row, with commas or blanks between them; each counts once.

export const wordList = (text: string): string[] => [...new Set(text.split(/[\s,;]+/).filter((word) => word !== ''))];
