/** Signs that only the panels need, beside those of the page: path data on a grid of 24. */
export const PANEL_ICONS: Readonly<Record<string, readonly string[]>> = {
  headset: ['M5 7.5h14A2.5 2.5 0 0 1 21.5 10v4.5A3 3 0 0 1 18.5 17.5h-1.8a2.4 2.4 0 0 1-2-1.1l-1-1.5a2 2 0 0 0-3.4 0l-1 1.5a2.4 2.4 0 0 1-2 1.1H5.5a3 3 0 0 1-3-3V10A2.5 2.5 0 0 1 5 7.5z'],
  backspace: ['M8.5 5.5h10A1.5 1.5 0 0 1 20 7v10a1.5 1.5 0 0 1-1.5 1.5h-10L3 12z', 'M10.5 9.5l5 5', 'M15.5 9.5l-5 5'],
  shift: ['M12 4.5l7 7.5h-3.5v7h-7v-7H5z'],
  left: ['M14.5 6l-6 6 6 6'],
  right: ['M9.5 6l6 6-6 6'],
  arrow: ['M12 3.5v17', 'M6.5 9L12 3.5 17.5 9'],
  open: ['M9 4.8a3.2 3.2 0 1 0 0 6.4 3.2 3.2 0 0 0 0-6.4z', 'M3.2 19.2a5.8 5.8 0 0 1 11.6 0', 'M17.5 5a9 9 0 0 1 0 9', 'M20.3 3.2a12.6 12.6 0 0 1 0 12.6'],
  ruler: ['M4 16.5L16.5 4l3.5 3.5L7.5 20z', 'M8 12.5l2 2', 'M11 9.5l2 2', 'M14 6.5l2 2'],
};
