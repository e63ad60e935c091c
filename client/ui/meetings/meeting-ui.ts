/** What only those need who book a meeting, or have one; fetched then. */
import './meetings.css';

export { DuePrompt } from './DuePrompt.tsx';
export { MeetingPanel } from './MeetingPanel.tsx';
