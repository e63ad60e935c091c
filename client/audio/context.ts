let shared: AudioContext | null = null;

/** The one audio context of the page. Browsers start it suspended until the person has clicked something: `wakeAudio` in every click handler that leads to sound. */
export function audioContext(): AudioContext {
  shared ??= new AudioContext({ latencyHint: 'interactive' });
  return shared;
}

export async function wakeAudio(): Promise<void> {
  const context = audioContext();
  // Safari calls it "interrupted" after a phone call.
  if (context.state !== 'running') await context.resume().catch(() => undefined);
}

/** Sends all sound to an output device, where the browser can (`setSinkId`); empty is the default device. */
export async function chooseSpeaker(device: string): Promise<void> {
  const context = audioContext() as AudioContext & { setSinkId?: (id: string) => Promise<void> };
  await context.setSinkId?.(device).catch(() => undefined);
}
