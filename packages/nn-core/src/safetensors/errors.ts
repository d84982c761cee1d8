// Declares the error of a file that breaks a rule of the format, and quotes parts of such a file in messages.

/** The bytes are no valid safetensors file, or hold something that was asked for in a type that cannot hold it. */
export class SafetensorsError extends Error {
  override readonly name = 'SafetensorsError';
}

const LONGEST_QUOTE = 100;

/** Any value from a file as one short line: quoted, without control characters, cut when long. */
export function quote(value: unknown): string {
  const text = (JSON.stringify(value) ?? String(value)).replace(/[\u007f-\u009f\u2028\u2029]/g, (control) => `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}… (${text.length} characters)` : text;
}
