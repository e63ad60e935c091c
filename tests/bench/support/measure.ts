import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** What benchmarks share: CPU of a process, quantiles, and the table and JSON line that each prints at its end. */

const MICROS_PER_SECOND = 1_000_000;
let microsPerTick: number | undefined;

/**
 * CPU time of a whole process (all threads, user and system) since its start, in microseconds, in steps of the kernel's tick (10 ms
 * almost everywhere). Linux only.
 *
 * @throws Error (ENOENT) if the process has gone
 */
export function processCpuMicros(pid: number): number {
  microsPerTick ??= MICROS_PER_SECOND / Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // Fields follow the command name, which stands in parentheses and may hold anything (proc(5)): utime is the 14th, stime the 15th.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * microsPerTick;
}

/** Resident memory of a process in bytes. Linux only. */
export function processMemoryBytes(pid: number): number {
  const match = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(match?.[1] ?? 0) * 1024;
}

/** The q-quantile (0 to 1) by nearest rank; NaN of nothing. Sorts the array in place. */
export function quantile(values: Float64Array | number[], q: number): number {
  values.sort((a, b) => a - b);
  return values[Math.min(values.length - 1, Math.max(0, Math.ceil(q * values.length) - 1))] ?? Number.NaN;
}

export function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}

/** Prints rows under their column names, numbers to the right. */
export function printTable(rows: readonly Readonly<Record<string, string | number | null>>[]): void {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const text = rows.map((row) => columns.map((column) => String(row[column] ?? '-')));
  const widths = columns.map((column, i) => Math.max(column.length, ...text.map((cells) => cells[i]?.length ?? 0)));
  const line = (cells: readonly string[]): string => cells.map((cell, i) => cell.padStart(widths[i] ?? 0)).join('  ');
  console.log(line(columns));
  console.log(widths.map((width) => '-'.repeat(width)).join('  '));
  for (const cells of text) console.log(line(cells));
}

/** The last line of a benchmark, for machines. */
export function printResult(result: Readonly<Record<string, number | string | null>>): void {
  console.log(JSON.stringify(result));
}

/** `--name value` from the command line, or `fallback`. @throws Error if the value is not a number */
export function numberOption(name: string, fallback: number): number {
  const at = process.argv.indexOf(`--${name}`);
  if (at < 0) return fallback;
  const value = Number(process.argv[at + 1]);
  if (!Number.isFinite(value)) throw new Error(`--${name} needs a number`);
  return value;
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
