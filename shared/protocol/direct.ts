/** The signalling server for talks from browser to browser: where it is, and what its clients call themselves by. */

/** PeerJS adds `/peerjs` for its WebSocket. */
export const DIRECT_PATH = '/direct';
export const DIRECT_KEY = 'plenum';
