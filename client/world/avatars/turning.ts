/** Shortest signed turn from one angle to another, radians. */
export function turnBetween(from: number, to: number): number {
  const difference = (to - from) % (2 * Math.PI);
  return difference > Math.PI ? difference - 2 * Math.PI : difference < -Math.PI ? difference + 2 * Math.PI : difference;
}
