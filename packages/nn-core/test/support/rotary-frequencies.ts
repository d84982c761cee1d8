// The frequencies of rotary positions for tests: base^(-2 i / dimension). Users take them from @kk/attention, which scales them, too.
export const rotaryFrequencies = (dimension: number, base = 10_000): Float64Array => Float64Array.from({ length: dimension / 2 }, (_, i) => base ** ((-2 * i) / dimension));
