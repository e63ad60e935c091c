import type { Log } from './log.ts';
import type { Store } from './store/store.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

/** Erases people whose time is over. @returns how many. */
export async function erasePast(people: Store['people'], retentionDays: number, now: number): Promise<number> {
  return people.eraseEndedBefore(now - retentionDays * DAY_MS, now);
}

/** Keeps the promised retention: at start and every hour. @returns how to end it. */
export async function startHousekeeping(store: Store, retentionDays: number, log: Log): Promise<() => void> {
  const look = async (): Promise<void> => {
    const erased = await erasePast(store.people, retentionDays, Date.now());
    if (erased > 0) log.info({ erased, retentionDays }, 'people erased, as their time was over');
  };
  await look();
  const timer = setInterval(() => {
    look().catch((error: unknown) => log.error({ err: error }, 'housekeeping failed'));
  }, HOUR_MS);
  timer.unref();
  return () => clearInterval(timer);
}
