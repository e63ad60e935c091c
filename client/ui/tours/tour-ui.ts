/** What only those need who have to do with a guided tour; fetched then. */
import '../styles/tours.css';

export { TourBar } from './TourBar.tsx';
export { TourInvitation } from './TourInvitation.tsx';
export { TourPanel } from './TourPanel.tsx';
