/** What only those need who have to do with a private talk; fetched then. */
import '../styles/talks.css';
import '../styles/talk-room.css';

export { ScreenView } from './ScreenView.tsx';
export { TalkBar } from './TalkBar.tsx';
export { TalkPanel } from './TalkPanel.tsx';
export { TalkQuestions } from './TalkQuestions.tsx';
