/** Where the signalling server for talks from browser to browser is. PeerJS adds `/peerjs` for its WebSocket. */
export const DIRECT_PATH = '/direct';
export const DIRECT_KEY = 'plenum';
