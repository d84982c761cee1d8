// The frame of every HTML file that kk writes: one file that needs no other, light or dark as the reader's system is.
import type { Language } from '@kk/corpora';
import { escaped } from '../embed/map/svg.js';

export interface PageParts {
  readonly language: Language;
  readonly title: string;
  /** CSS. */
  readonly style: string;
  /** HTML. */
  readonly body: string;
}

/** The text of an HTML file. */
export function pageFrame({ language, title, style, body }: PageParts): string {
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>${escaped(title)}</title>
<style>${style}</style>
</head>
<body>
${body}
</body>
</html>
`;
}
