/** What a command of the scene tool is. To add one: write it beside `pack.ts`, and list it in `cli.ts`. */
import type { ParseArgsConfig } from 'node:util';
import type { Finding } from '../findings.ts';

export type OptionValues = Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;

export interface Command {
  name: string;
  /** One line for the list of commands. */
  summary: string;
  /** Its own options, for `node:util` parseArgs; FOLDER and --json are given to all. */
  options: NonNullable<ParseArgsConfig['options']>;
  /** One line an option, in the order shown: `--input FILE`, what it does. */
  help: readonly (readonly [string, string])[];
  /** The folder need not exist yet. */
  creates?: boolean;
  run(folder: string, values: OptionValues, progress: (step: string) => void): Promise<CommandResult>;
}

export interface CommandResult {
  findings: readonly Finding[];
  /** What a person reads: tables, mostly. */
  text: string;
  /** Facts for the final JSON line, beside `ok`, `errors`, `warnings` and `findings`. */
  facts: Record<string, unknown>;
}

/** Wrong use of the command line: the message tells the right one. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/**
 * A whole number from the command line.
 * @throws UsageError if it is not one from `min` to `max`
 */
export function wholeNumber(values: OptionValues, option: string, { fallback, min, max }: { fallback: number; min: number; max: number }): number {
  const text = values[option];
  if (text === undefined) return fallback;
  const value = Number(text);
  if (!Number.isInteger(value) || value < min || value > max) throw new UsageError(`--${option} wants a whole number from ${min} to ${max}, not "${String(text)}".`);
  return value;
}

/**
 * A part of a whole from the command line.
 * @throws UsageError if it is not a number above 0 and up to 1
 */
export function ratio(values: OptionValues, option: string, fallback: number): number {
  const text = values[option];
  if (text === undefined) return fallback;
  const value = Number(text);
  if (!(value > 0 && value <= 1)) throw new UsageError(`--${option} wants a number above 0 and up to 1, such as 0.5, not "${String(text)}".`);
  return value;
}

/** A text from the command line. */
export function words(values: OptionValues, option: string): string | undefined {
  const text = values[option];
  return typeof text === 'string' ? text : undefined;
}
