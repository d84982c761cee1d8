// Chapter 5: how many words are shown towards each end of an axis.

export const AT_EACH_END = 6;
