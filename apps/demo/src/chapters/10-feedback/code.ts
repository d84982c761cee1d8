// The code behind this chapter's figures, with the settings that are shown, and what it prints. A test runs it.
import { modelFolder } from '../../figures/model-folder.js';
import { MODEL, type DrawnDigit } from '../../lab/jobs/drawn-digit.js';
import { GREYS, PLACES, SIDE, SYMBOLS } from '../../lab/pixels/tokens.js';

/** The drawing of the settings as text, a row a line. */
export function drawCode(input: Pick<DrawnDigit, 'digit' | 'given' | 'guidance' | 'temperature' | 'seed'>, drawn: DrawnDigit | null): { source: string; prints: string } {
  const { digit, given, guidance, temperature, seed } = input;
  const isGuided = digit !== undefined && guidance !== 1;
  const text = (shades: Uint8Array): string => Array.from(shades, (shade) => SYMBOLS[shade]).join('');
  const rows = (shades: Uint8Array): string[] => Array.from({ length: shades.length / SIDE }, (_, row) => text(shades.subarray(row * SIDE, (row + 1) * SIDE)));
  const source = [
    `import { Decoder } from '@kk/gpt';`,
    `import { loadModel } from '@kk/gpt/node';`,
    `import { init } from '@kk/nn-core';`,
    `import { generate${isGuided ? ', guided' : ''} } from '@kk/sampler';`,
    `import { loadTokenizer } from '@kk/tokenizer/node';`,
    ``,
    `const folder = '${modelFolder(MODEL)}';`,
    `const tokenizer = await loadTokenizer(folder);`,
    `const model = await loadModel(await init('wasm'), folder);`,
    `// First which digit it shall be${digit === undefined ? ', here any' : ''}${given.length > 0 ? ', then the rows that are given' : ''}; "${SYMBOLS.slice(0, GREYS)}" are the four shades.`,
    `const prompt = tokenizer.encode('${digit ?? '?'}'${given.length > 0 ? ` + [\n${rows(given).map((row) => `  '${row}',`).join('\n')}\n].join('')` : ''});`,
    `const suppressTokens = tokenizer.encode('${SYMBOLS.slice(GREYS)}'); // they only stand before a drawing`,
    ...(isGuided
      ? [`// The difference between this digit and any digit counts ${guidance} times.`, `const drawer = guided(new Decoder(model), { scale: ${guidance}, promptLength: 1, negativePrompt: tokenizer.encode('?') }, new Decoder(model));`]
      : [`const drawer = new Decoder(model);`]),
    `const ids = [...prompt];`,
    `for await (const id of generate(drawer, prompt, { maxTokens: ${PLACES - given.length}, temperature: ${temperature}, seed: ${seed}, suppressTokens })) ids.push(id);`,
    `for (let row = 0; row < ${SIDE}; row++) console.log(tokenizer.decode(ids.slice(1 + ${SIDE} * row, 1 + ${SIDE} * (row + 1))));`,
    `model.engine.dispose();`,
  ].join('\n');
  return { source, prints: drawn?.shades.length === PLACES ? rows(drawn.shades).join('\n') : '' };
}
