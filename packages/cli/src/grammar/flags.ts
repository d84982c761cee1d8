// How options are written in messages.
import type { Option } from 'commander';

/** `--data` */
export const flagOf = (option: Option): string => option.long ?? option.flags;

/** `--data FILE...` */
export const flagWithValue = ({ flags }: Option): string => flags.replace(/[<[](.*)[\]>]/, (_, value: string) => value.toUpperCase());
