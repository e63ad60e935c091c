import { MediaPeer } from './media-peer.ts';

/** A listening peer in a process of its own, to be killed: sends its offer to the parent, takes the answer, says when it is connected. */

const name = process.argv[2] ?? 'peer';
let onAnswer: (answer: string) => void = () => undefined;
process.on('message', (answer: string) => onAnswer(answer));
process.on('disconnect', () => process.exit(0));

const peer = await MediaPeer.connect({ name, ssrc: null, slots: 1 }, (offer) => {
  process.send?.({ offer });
  return new Promise((resolve) => {
    onAnswer = resolve;
  });
});
process.send?.({ connected: peer.name });
// Held by a timer, or it would be collected.
setInterval(() => peer.slots.length, 60_000);
