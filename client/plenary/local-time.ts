/** Values of `datetime-local` fields: the reader's clock, without a zone. */

const two = (value: number): string => String(value).padStart(2, '0');

/** `at`: milliseconds since the epoch, or null. */
export function toLocal(at: number | null): string {
  if (at === null) return '';
  const date = new Date(at);
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** @returns milliseconds since the epoch; null for an empty or unfinished field */
export function fromLocal(value: string): number | null {
  const at = value === '' ? Number.NaN : new Date(value).getTime();
  return Number.isNaN(at) ? null : at;
}
