/** Steps of the personal space, metres; 0: none. */
export const PERSONAL_SPACES = [0, 0.5, 0.8, 1.2] as const;

/** The step nearest to what is set. */
export function nearestSpace(metres: number): number {
  return PERSONAL_SPACES.reduce<number>((best, each) => (Math.abs(each - metres) < Math.abs(best - metres) ? each : best), PERSONAL_SPACES[0]);
}
