/** What the venue shows of a session that one attends: fetched when there is one. */
export { HallBar } from './HallBar.tsx';
export { Over } from './Over.tsx';
