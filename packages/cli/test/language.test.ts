import { describe, expect, it } from 'vitest';
import { systemLanguage } from '../src/options/language.js';

describe('systemLanguage', () => {
  it('is German for German locales only', () => {
    expect(['de', 'de_DE.UTF-8', 'de_AT', 'DE', 'de-CH'].map((LANG) => systemLanguage({ LANG }))).toEqual(['de', 'de', 'de', 'de', 'de']);
    expect(['', 'en_US.UTF-8', 'C', 'den_X', 'C.UTF-8'].map((LANG) => systemLanguage({ LANG }))).toEqual(['en', 'en', 'en', 'en', 'en']);
    expect(systemLanguage({ LC_ALL: 'de_DE', LANG: 'en_US' })).toBe('de');
    expect(systemLanguage({ LC_ALL: '', LC_MESSAGES: 'en_US', LANG: 'de_DE' })).toBe('en');
    expect(systemLanguage({})).toBe('en');
  });
});
